-- 产业集群 that break a rule
SELECT c.id
FROM cluster c
LEFT JOIN zone z ON z.zone_code = c.zone_code
LEFT JOIN zone_year n ON n.zone_code = c.zone_code AND n.year = c.year
WHERE c.zone_code = :zone AND c.year = :year AND (FALSE
    OR NOT (c.zones IS NOT NULL AND c.zones <> z.code OR c.rev <= n.rev_all) -- B009
)
