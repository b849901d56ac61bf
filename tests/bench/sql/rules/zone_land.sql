-- 土地利用状况 that break a rule; s is the year before
WITH plots AS (
    SELECT
        COALESCE(SUM(g.area_m2) FILTER (WHERE y.supply_cls LIKE 'D%'), 0) AS supplied,
        COALESCE(SUM(g.area_m2) FILTER (WHERE y.idle = 1), 0) AS idle
    FROM parcel_year y
    LEFT JOIN parcel g ON g.zone_code = y.zone_code AND g.id = y.parcel
    WHERE y.zone_code = :zone AND y.year = :year
)
SELECT n.id
FROM (SELECT *, d1 + d21 + d22 AS d FROM zone_land WHERE zone_code = :zone AND year = :year) n
JOIN plots
LEFT JOIN zone_land s ON s.zone_code = n.zone_code AND s.year = n.year - 1
WHERE (FALSE
    OR ABS(n.a - n.a1 - n.a2 - n.a31 - n.a32 - n.a4 - n.a51 - n.a52 - n.a6) > 10000 -- Z001
    OR ABS(n.total - n.a - n.b11 - n.b12 - n.b21 - n.b22 - n.c1 - n.c2 - n.c3) > 50000 -- Z003
    OR n.a > n.d + 10000 -- Z004
    OR n.d > n.a + n.b21 + 10000 -- Z005
    OR n.g > n.d -- Z006
    OR n.bld_total * 10.0 / n.a NOT BETWEEN 1 AND 50 -- Z007
    OR n.bld_ind * 10.0 / n.a2 NOT BETWEEN 1 AND 50 -- Z008
    OR n.base_total > n.a -- Z009
    OR ABS(plots.supplied - n.d) * 100 > n.d -- Z010
    OR ABS(plots.idle - n.g) > 10000 -- Z011
    OR n.a < s.a -- Z012
)
