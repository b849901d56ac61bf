-- 项目月度 that break a rule; s is the month before
SELECT m.id
FROM project_month m
LEFT JOIN project_month s ON s.zone_code = m.zone_code AND s.proj = m.proj AND s.year = m.year AND s.form = m.form AND s.seq = m.seq - 1
WHERE m.zone_code = :zone AND m.year = :year AND m.form = :form AND m.seq = :seq AND (FALSE
    OR :end / 100 % 100 <> 1 AND m.inv_cum < s.inv_cum -- J011
    OR IIF(:end / 100 % 100 = 1, ABS(m.inv_ytd - m.inv_m) > 100, ABS(m.inv_ytd - s.inv_ytd - m.inv_m) > 100) -- J012
)
