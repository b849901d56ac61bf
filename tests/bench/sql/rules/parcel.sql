-- 宗地 that break a rule
WITH used AS (
    SELECT
        parcel,
        COUNT(*) FILTER (WHERE use_way IN ('1', '2')) AS held_n, SUM(area_m2) FILTER (WHERE use_way IN ('1', '2')) AS held,
        COUNT(*) FILTER (WHERE use_way IN ('1', '3')) AS granted_n, SUM(area_m2) FILTER (WHERE use_way IN ('1', '3')) AS granted
    FROM parcel_use
    WHERE zone_code = :zone AND from_date <= :end AND (to_date IS NULL OR to_date > :end)
    GROUP BY parcel
),
done AS (
    SELECT parcel, SUM(bld_m2) AS area FROM factory WHERE zone_code = :zone AND done_date <= :end GROUP BY parcel
),
leased AS (
    SELECT g.parcel_no, SUM(l.area_m2) AS area
    FROM factory_lease l
    JOIN factory f ON f.zone_code = l.zone_code AND f.id = l.fac
    JOIN parcel g ON g.zone_code = f.zone_code AND g.id = f.parcel
    WHERE l.zone_code = :zone AND l.from_date <= :end AND (l.to_date IS NULL OR l.to_date > :end) AND f.done_date <= :end
    GROUP BY g.parcel_no
)
SELECT g.id
FROM (
    SELECT
        p.*, IIF(COALESCE(u.held_n, 0) = 0, 0, u.held) AS held, IIF(COALESCE(u.granted_n, 0) = 0, 0, u.granted) AS granted,
        IIF(d.parcel IS NULL, 0, d.area) AS done, IIF(l.parcel_no IS NULL, 0, l.area) AS leased
    FROM parcel p
    LEFT JOIN used u ON u.parcel = p.id
    LEFT JOIN done d ON d.parcel = p.id
    LEFT JOIN leased l ON l.parcel_no = p.parcel_no
    WHERE p.zone_code = :zone
) g
WHERE (FALSE
    OR g.parcel_no IS NULL OR g.parcel_no IN (SELECT parcel_no FROM parcel WHERE zone_code = :zone GROUP BY parcel_no HAVING COUNT(*) > 1) -- L001
    OR g.area_m2 <= 0 -- L002
    OR g.area_m2 NOT BETWEEN 66666 AND 200000000 -- L003
    OR g.finish_due < g.start_due -- L006
    OR g.finish_act < g.start_act -- L007
    OR g.start_act < g.sign_date -- L008
    OR g.std_land = 1 AND (g.sl_inv IS NULL OR g.sl_tax IS NULL OR g.sl_far IS NULL OR g.sl_energy IS NULL OR g.sl_emis IS NULL) -- L015
    OR g.std_land = 1 AND g.sl_far NOT BETWEEN 50 AND 500 -- L016
    OR g.std_land = 1 AND g.sl_inv > 4500000 -- L017
    OR g.use_code = '工业' AND g.term_y > 50 -- L021
    OR g.held > g.area_m2 + 100 OR g.leased * g.area_m2 > g.done * (g.area_m2 + 100 - g.held) -- L022
    OR g.granted > g.area_m2 + 100 -- L023
    OR g.inv_due <= g.price -- L024
    OR g.price_paid > g.price -- L027
    OR ABS((JULIANDAY(PRINTF('%d-%02d-%02d', g.expire_date / 10000, MAX(g.expire_date / 100 % 100, 1), MAX(g.expire_date % 100, 1))) - JULIANDAY(PRINTF('%d-%02d-%02d', g.sign_date / 10000, MAX(g.sign_date / 100 % 100, 1), MAX(g.sign_date % 100, 1)))) * 4 - g.term_y * 1461) > 1461 -- L028
)
