-- 开发区季月 that break a rule
SELECT n.id
FROM zone_period n
WHERE n.zone_code = :zone AND n.year = :year AND n.form = :form AND n.seq = :seq AND (FALSE
    OR :form = 'Q' AND n.study_cnt < 1 -- Y023
    OR n.rev_all < n.rev_ind_up -- Y027
    OR n.va_hitech > n.va_ind_up -- Y028
    OR n.fdi_mofcom > n.fdi_prov -- Y029
)
