-- 开发区年度 that break a rule; s is the year before, b 2021, o 2020
WITH firms AS (
    SELECT
        COALESCE(SUM(p.rev) FILTER (WHERE y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690'), 0) AS rev_up,
        COALESCE(SUM(p.rev) FILTER (WHERE y.zone_ind_tag = '首位' AND y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690'), 0) AS rev_first,
        COALESCE(SUM(p.rev), 0) AS rev,
        COALESCE(SUM(p.emp_end), 0) AS emp_end,
        COALESCE(SUM(p.tax_paid), 0) AS tax_paid
    FROM ent_period p
    LEFT JOIN enterprise_year y ON y.zone_code = p.zone_code AND y.ent = p.ent AND y.year = p.year
    LEFT JOIN enterprise e ON e.zone_code = p.zone_code AND e.id = p.ent
    WHERE p.zone_code = :zone AND p.year = :year AND p.form = :form AND p.seq = :seq
)
SELECT n.id
FROM zone_year n
JOIN firms
LEFT JOIN zone z ON z.zone_code = n.zone_code
LEFT JOIN zone_year s ON s.zone_code = n.zone_code AND s.year = n.year - 1
LEFT JOIN zone_year b ON b.zone_code = n.zone_code AND b.year = 2021
LEFT JOIN zone_year o ON o.zone_code = n.zone_code AND o.year = 2020
WHERE n.zone_code = :zone AND n.year = :year AND (FALSE
    OR :form = 'Y' AND NOT (ABS(n.rev_ind_up - firms.rev_up) <= 5000 OR z.role IS NOT NULL AND z.role = '2' AND n.rev_ind_up >= firms.rev_up) -- Y001
    OR n.rev_all < n.rev_ind_up -- Y002
    OR n.va_hitech > n.va_ind_up -- Y003
    OR n.export > n.trade_total -- Y004
    OR n.fai_ind > n.fai -- Y005
    OR n.fdi_mofcom > n.fdi_prov -- Y006
    OR n.paid_amt > (SELECT COALESCE(SUM(sign_amt), 0) FROM project WHERE zone_code = :zone AND d_sign <= :end) -- Y007
    OR n.ww_treated > n.ww_gen -- Y008
    OR n.ww_treated * 1.0 / n.ww_gen < 1 AND n.note IS NULL -- Y009
    OR n.svc_online_n > n.svc_n -- Y010
    OR n.rank_prov NOT BETWEEN 1 AND n.rank_total -- Y011
    OR s.rev_all <> 0 AND ABS(n.rev_all - s.rev_all) * 10 > ABS(s.rev_all) * 3 AND (n.note IS NULL OR LENGTH(n.note) < 10) -- Y012
    OR ABS(n.prev_rev_all - s.rev_all) > 5000 AND n.adj_note IS NULL -- Y013
    OR :form = 'Y' AND n.emp_end < firms.emp_end -- Y015
    OR n.safe_assess = 1 AND n.safe_date IS NULL -- Y016
    OR s.energy_tce > 0 AND (n.energy_tce - s.energy_tce) * 1000000 > n.va_growth_const * s.energy_tce -- Y017
    OR n.emp_college > n.emp_end -- Y019
    OR n.keypol_online > n.keypol_n -- Y020
    OR n.perm_online_n > n.perm_n -- Y021
    OR :form = 'Y' AND n.tax_all < firms.tax_paid -- Y022
    OR n.once_n > n.svc_n -- Y024
    OR n.tariff_ins_n > n.tariff_ins_all -- Y025
    OR n.export_usd > n.trade_total_usd -- Y026
    OR :form = 'Y' AND firms.rev_first > n.rev_ind_up -- M004
    OR NOT EXISTS (SELECT 1 FROM benchmark WHERE zone_code = :zone AND year = :year AND ind_id = 'JX01' AND area = '全省') -- GX02
    OR b.rev_all IS NULL OR b.profit_all IS NULL -- GX03
    OR o.energy_tce IS NULL OR o.va_ind_up IS NULL OR (SELECT COUNT(va_growth_const) FROM zone_year WHERE zone_code = :zone AND year BETWEEN 2021 AND :year) < :year - 2020 -- GX04
    OR :form = 'Y' AND EXISTS (SELECT 1 FROM zone c WHERE c.parent_code = z.code) AND ABS((SELECT IIF(COUNT(*) = 0, 0, SUM(c.rev_all)) FROM zone_year c JOIN zone k ON k.zone_code = c.zone_code AND k.parent_code = z.code WHERE c.year = :year) + firms.rev - n.rev_all) > 5000 -- M008
    OR n.rev_all IS NOT NULL AND (SELECT COUNT(*) FROM zone_year a WHERE a.year = :year AND a.rev_all * 3 >= n.rev_all) < (SELECT COUNT(a.rev_all) FROM zone_year a WHERE a.year = :year) / 10 + 1 -- M009
)
