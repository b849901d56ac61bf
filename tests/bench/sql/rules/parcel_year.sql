-- 宗地年度 that break a rule
SELECT y.id
FROM parcel_year y
LEFT JOIN parcel g ON g.zone_code = y.zone_code AND g.id = y.parcel
WHERE y.zone_code = :zone AND y.year = :year AND (FALSE
    OR y.supply_cls LIKE 'D%' AND (g.contract_no IS NULL OR g.owner_uscc IS NULL OR g.supply_way IS NULL OR matches(g.owner_uscc, '统一社会信用代码') = 0) -- L005
    OR (g.start_act IS NULL OR g.start_act > :end) AND :end - g.start_due >= 10000 AND y.supply_cls LIKE 'D%' AND y.dev_state <> '8' AND y.idle = 0 AND g.delay_doc IS NULL -- L009
    OR :end - y.halt_date >= 10000 AND y.started_area_m2 * 3 < g.due_area_m2 AND y.idle = 0 -- L010
    OR y.idle = 1 AND (y.idle_doc IS NULL OR y.idle_type IS NULL) -- L011
    OR g.prod_date <= :end AND y.idle = 1 -- L012
    OR y.started_area_m2 > g.due_area_m2 -- L013
    OR y.disp_done_m2 > g.area_m2 -- L014
    OR y.bld_area_m2 * 1.0 / g.area_m2 > 8 -- L018
    OR g.use_code = '工业' AND y.dev_state IN ('4', '5') AND y.base_area_m2 * 100.0 / g.area_m2 < 30 -- L019
    OR g.use_code = '工业' AND y.admin_area_m2 * 100.0 / g.area_m2 > 7 -- L020
    OR :end - y.halt_date >= 10000 AND y.inv_act * 4 < g.inv_due AND y.idle = 0 -- L025
    OR y.base_area_m2 > g.area_m2 -- L026
    OR y.idle <> (y.dev_state = '6') -- L029
    OR (y.dev_state = '7') <> (y.loweff = 1 AND y.idle = 0) -- L030
)
