-- 台资企业 that break a rule
SELECT t.id
FROM tw_ent t
LEFT JOIN enterprise e ON e.zone_code = t.zone_code AND e.id = t.ent
LEFT JOIN enterprise_year y ON y.zone_code = t.zone_code AND y.ent = t.ent AND y.year = :year
LEFT JOIN ent_period p ON p.zone_code = t.zone_code AND p.ent = t.ent AND p.year = :year AND p.form = :form AND p.seq = :seq
LEFT JOIN (
    SELECT ent, SUM(amt_usd) AS usd FROM capital_in WHERE zone_code = :zone AND in_prov = 1 GROUP BY ent
) c ON c.ent = t.ent
WHERE t.zone_code = :zone AND (FALSE
    OR t.tw_share <= 0 OR t.tw_share > 1000000 -- W001
    OR t.tw_share < 250000 -- W002
    OR t.route IN ('2', '3', '4', '5', '6', '7', '9') AND (t.third_name IS NULL OR t.third_place IS NULL) -- W003
    OR t.route IN ('2', '3', '4', '5', '6', '7', '9') AND t.recog_no IS NULL -- W004
    OR t.tw_cadre > p.emp_end -- W006
    OR IIF(c.ent IS NULL, 0, c.usd) > t.contract_tw_usd -- W009
    OR y.is_tw = 0 -- W020
    OR t.inv_total_usd * 1000000 < t.reg_cap * t.reg_fx_usd -- W022
    OR NOT (e.open_date IS NOT NULL AND e.open_date > :end OR y.is_tw IS NOT NULL AND y.op_state IS NOT NULL) -- D004
    OR y.is_tw = 1 AND (t.tw_share IS NULL OR t.route IS NULL OR t.contract_tw_usd IS NULL) -- D010
)
