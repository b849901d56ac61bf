-- 标准厂房 that break a rule
WITH leased AS (
    SELECT
        fac,
        COUNT(*) FILTER (WHERE to_date IS NULL OR to_date > :end) AS now_n, SUM(area_m2) FILTER (WHERE to_date IS NULL OR to_date > :end) AS now,
        SUM(area_m2) FILTER (WHERE from_date <= :last_end AND (to_date IS NULL OR to_date > :last_end)) AS last
    FROM factory_lease
    WHERE zone_code = :zone AND from_date <= :end
    GROUP BY fac
)
SELECT f.id
FROM (
    SELECT f.*, IIF(COALESCE(l.now_n, 0) = 0, 0, l.now) AS used, COALESCE(l.last, 0) AS used_last
    FROM factory f
    LEFT JOIN leased l ON l.fac = f.id
    WHERE f.zone_code = :zone
) f
WHERE (FALSE
    OR NOT (f.done_date IS NULL AND f.rentable_m2 IS NULL OR f.used <= f.rentable_m2 AND f.rentable_m2 <= f.bld_m2) -- B002
    OR f.done_date IS NULL AND f.used <> 0 -- B003
    OR NOT (f.done_date IS NULL AND f.rentable_m2 IS NULL) AND (f.used_last - f.used) * 100.0 / f.rentable_m2 > 20 -- B004
)
