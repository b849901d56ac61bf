-- 经济数据 that break a rule; s is the year before, b 2021, q the fourth quarter
SELECT p.id
FROM ent_period p
LEFT JOIN enterprise_year y ON y.zone_code = p.zone_code AND y.ent = p.ent AND y.year = p.year
LEFT JOIN enterprise e ON e.zone_code = p.zone_code AND e.id = p.ent
LEFT JOIN ent_period s ON s.zone_code = p.zone_code AND s.ent = p.ent AND s.year = p.year - 1 AND s.form = p.form AND s.seq = p.seq
LEFT JOIN ent_period b ON b.zone_code = p.zone_code AND b.ent = p.ent AND b.year = 2021 AND b.form = p.form AND b.seq = p.seq
LEFT JOIN ent_period q ON q.zone_code = p.zone_code AND q.ent = p.ent AND q.year = p.year AND q.form = 'Q' AND q.seq = 4
WHERE p.zone_code = :zone AND p.year = :year AND p.form = :form AND p.seq = :seq AND (FALSE
    OR :form = 'Y' AND y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690' AND p.rev < 20000000 -- E015
    OR y.is_up = 0 AND e.ind_code BETWEEN '0610' AND '4690' AND p.rev >= 20000000 -- E016
    OR :form = 'Y' AND e.ind_code BETWEEN '0610' AND '4690' AND y.size <> CASE p.emp_end >= 1000 AND p.rev >= 400000000 WHEN 1 THEN '1' WHEN 0 THEN CASE p.emp_end >= 300 AND p.rev >= 20000000 WHEN 1 THEN '2' WHEN 0 THEN CASE p.emp_end >= 20 AND p.rev >= 3000000 WHEN 1 THEN '3' WHEN 0 THEN '4' END END END -- E017
    OR y.op_state IN ('5', '6', '7') AND p.rev <> 0 -- E018
    OR p.rev_main > p.rev -- P001
    OR ABS(p.profit - p.op_profit - p.nonop_in + p.nonop_out) > 100 -- P002
    OR ABS(p.assets - p.liab - p.equity) > 100 -- P003
    OR p.fa_net > p.fa_orig -- P004
    OR p.rev < 0 OR p.gov < 0 OR p.exp_sell < 0 OR p.exp_adm < 0 -- P005
    OR p.rev * 1.0 / p.gov NOT BETWEEN 0.5 AND 2 -- P006
    OR p.export_deliv > p.sales_val -- P007
    OR p.sales_val * 100.0 / p.gov NOT BETWEEN 70 AND 130 -- P008
    OR p.va * 100.0 / p.gov NOT BETWEEN 5 AND 60 -- P009
    OR ABS(p.va - p.depr - p.tax_sur - p.vat - p.payroll - p.op_profit + COALESCE(p.loss_asset, 0) + COALESCE(p.loss_credit, 0) + COALESCE(p.inc_inv, 0) + COALESCE(p.inc_fv, 0) + COALESCE(p.inc_disp, 0) + COALESCE(p.inc_oth, 0) + COALESCE(p.inc_hedge, 0)) * 20 > ABS(p.va) -- P010
    OR :form = 'Y' AND p.payroll * 1.0 / p.emp_avg NOT BETWEEN 10000 AND 500000 -- P011
    OR p.rev * 1.0 / p.emp_end > 10000000 -- P012
    OR p.rev * 100.0 / s.rev BETWEEN 900 AND 1100 OR p.rev * 100.0 / s.rev BETWEEN 9 AND 11 -- P013
    OR ABS(p.rev * 1.0 / s.rev - 1) > 0.5 AND (p.note IS NULL OR matches(p.note, '说明') = 0) -- P014
    OR matches(p.note, '说明') = 0 -- P015
    OR p.tax_paid_vat + p.tax_paid_inc > p.tax_paid -- P016
    OR p.tax_paid * 100.0 / p.rev > 30 -- P017
    OR p.tax_local > p.tax_paid -- P018
    OR p.rd_act <> (p.rd_exp > 0) -- P019
    OR p.rd_exp * 100.0 / p.rev > 30 -- P020
    OR p.rd_emp > p.emp_end -- P021
    OR :form = 'Y' AND ABS(p.fai_cum - s.fai_cum - p.fai_year) > 100 -- P023
    OR y.op_state = '1' AND p.gov > 0 AND p.energy_tce <= 0 -- P027
    OR :form = 'Y' AND ABS(p.energy_tce * 1.0 / p.va / (s.energy_tce * 1.0 / s.va) - 1) > 0.5 -- P028
    OR :form = 'Y' AND p.rev >= 100000000 AND p.rev % 10000000 = 0 -- P029
    OR y.op_state = '1' AND p.emp_end < 1 -- P030
    OR y.op_state IN ('2', '3') AND p.gov > 1000000 -- P031
    OR :form = 'Y' AND p.profit < 0 AND s.profit < 0 AND p.liab > p.assets -- P032
    OR p.rd_exp * 2 > p.rd_fee * 3 -- P033
    OR y.is_tw = 1 AND (p.gov IS NULL OR p.rev IS NULL OR p.profit IS NULL OR p.tax_paid IS NULL OR p.emp_end IS NULL) -- D002
    OR p.rev >= 1000000000 AND e.enter_date / 10000 <= 2021 AND b.rev IS NULL -- GX01
    OR :form = 'Y' AND ABS(p.rev - q.rev) > 5000 -- P026
)
