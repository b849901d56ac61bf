-- The indicators of the pack 台办 as one would write them by hand: one scan of each ledger, conditional aggregates.
-- A column is named as its indicator; "X/" is what X is divided by. Amounts are whole numbers as they are stored.

-- 台资企业 of the report year with their figures
SELECT
    COUNT(*) FILTER (WHERE y.op_state IN ('1', '3')) AS "TW02",
    COALESCE(SUM(p.gov), 0) AS "TW03",
    COUNT(*) FILTER (WHERE e.top500 = 1 OR e.tw100 = 1 OR e.leader_flag = 1) AS "TW08",
    COALESCE(SUM(p.rd_deduct), 0) AS "TW11",
    COUNT(*) FILTER (WHERE y.op_state IN ('1', '3') AND e.enter_date BETWEEN :year_start AND :end) AS "TW1-02",
    COUNT(*) FILTER (WHERE y.op_state IN ('1', '3') AND y.is_up = 1) AS "TW1-03",
    COALESCE(SUM(t.contract_tw_usd), 0) AS "TW1-07",
    COALESCE(SUM(p.gov), 0) AS "TW1-12",
    COALESCE(SUM(p.rev), 0) AS "TW1-13",
    COALESCE(SUM(p.profit), 0) AS "TW1-14",
    COALESCE(SUM(p.tax_paid), 0) AS "TW1-15",
    COALESCE(SUM(COALESCE(p.exp_usd, 0) + COALESCE(p.imp_usd, 0)), 0) AS "TW1-16",
    COALESCE(SUM(p.emp_end), 0) AS "TW1-17",
    COALESCE(SUM(t.tw_cadre), 0) AS "TW1-18",
    COALESCE(SUM(p.rd_fee), 0) AS "TW1-31"
FROM enterprise_year y
JOIN enterprise e ON e.zone_code = y.zone_code AND e.id = y.ent
LEFT JOIN ent_period p ON p.zone_code = y.zone_code AND p.ent = y.ent AND p.year = y.year AND p.form = :form AND p.seq = :seq
LEFT JOIN tw_ent t ON t.zone_code = y.zone_code AND t.ent = y.ent
WHERE y.zone_code = :zone AND y.year = :year AND y.is_tw = 1;

-- 到资流水 in 省台办口径
SELECT
    COALESCE(SUM(c.amt_cny) FILTER (WHERE c.in_date >= 20200917), 0) AS "TW04",
    COALESCE(SUM(c.amt_usd) FILTER (WHERE c.in_date >= 20200917), 0) AS "TW05",
    COALESCE(SUM(c.amt_usd) FILTER (WHERE c.in_date >= :year_start), 0) AS "TW1-08",
    COALESCE(SUM(c.amt_usd) FILTER (WHERE c.in_date >= :year_start AND c.via_third = 1), 0) AS "TW1-09",
    COALESCE(SUM(c.amt_cny) FILTER (WHERE c.in_date >= :year_start), 0) AS "TW1-10",
    COALESCE(SUM(c.amt_cny) FILTER (WHERE c.in_date >= 20200917), 0) AS "TW1-11"
FROM capital_in c
JOIN enterprise_year y ON y.zone_code = c.zone_code AND y.ent = c.ent AND y.year = :year AND y.is_tw = 1
WHERE c.zone_code = :zone AND c.in_prov = 1 AND c.in_date <= :end;

-- 台湾青年, each person once
SELECT
    COUNT(DISTINCT id_hash) AS "TW06",
    COUNT(DISTINCT id_hash) FILTER (WHERE to_date IS NULL OR to_date > :end) AS "TW1-19",
    COUNT(DISTINCT id_hash) FILTER (WHERE kind = '2' AND (to_date IS NULL OR to_date > :end)) AS "TW1-20",
    COUNT(DISTINCT id_hash) FILTER (WHERE to_date IS NULL OR to_date > :last_end)
        - COUNT(DISTINCT id_hash) FILTER (WHERE from_date <= :last_end AND (to_date IS NULL OR to_date > :last_end)) AS "TW1-21"
FROM tw_youth
WHERE zone_code = :zone AND kind IN ('1', '2') AND from_date <= :end;

-- 交流活动, and the young people on their lists
WITH listed AS (
    SELECT
        COUNT(DISTINCT p.id_hash) AS until_now,
        COUNT(DISTINCT p.id_hash) FILTER (WHERE x.end_date >= :year_start) AS this_year
    FROM exchange_person p
    JOIN exchange x ON x.zone_code = p.zone_code AND x.id = p.act
    WHERE p.zone_code = :zone AND p.is_youth = 1 AND x.end_date <= :end
),
event AS (
    SELECT x.*, EXISTS (SELECT 1 FROM exchange_person p WHERE p.zone_code = x.zone_code AND p.act = x.id) AS has_list
    FROM exchange x
    WHERE x.zone_code = :zone AND x.end_date <= :end
)
SELECT
    (SELECT until_now FROM listed) + COALESCE(SUM(tw_youth_uniq) FILTER (WHERE NOT has_list), 0) AS "TW07",
    (SELECT this_year FROM listed) + COALESCE(SUM(tw_youth_uniq) FILTER (WHERE NOT has_list AND end_date >= :year_start), 0) AS "TW1-24",
    COUNT(*) FILTER (WHERE end_date >= :year_start) AS "TW13",
    COALESCE(SUM(tw_youth_cnt) FILTER (WHERE end_date >= :year_start), 0) AS "TW1-25",
    COALESCE(SUM(tw_youth_cnt), 0) AS "TW1-27"
FROM event;

-- 台资项目
SELECT
    COUNT(*) FILTER (WHERE nature IN ('新引进', '增资扩股') AND d_reg BETWEEN 20200917 AND 20220916) AS "TW01",
    COUNT(*) FILTER (WHERE nature IN ('新引进', '增资扩股') AND d_reg BETWEEN :year_start AND :end) AS "TW1-04",
    COUNT(*) FILTER (WHERE nature = '新引进' AND d_reg BETWEEN :year_start AND :end) AS "TW1-05",
    COUNT(*) FILTER (WHERE nature = '增资扩股' AND d_reg BETWEEN :year_start AND :end) AS "TW1-06",
    COUNT(*) FILTER (WHERE stage <> '90') AS "TW3-01"
FROM project
WHERE zone_code = :zone AND fund_type = '4';

-- 科技型台资企业
SELECT COUNT(DISTINCT q.ent) AS "TW10"
FROM qual q
JOIN enterprise_year y ON y.zone_code = q.zone_code AND y.ent = q.ent AND y.year = :year AND y.is_tw = 1
WHERE q.zone_code = :zone AND q.kind IN ('高新技术企业', '科技型中小企业') AND q.appr_date <= :end
    AND (q.valid_to IS NULL OR q.valid_to >= :end) AND (q.state IS NULL OR q.state <> '失效');

-- 台湾园中园 and 台青平台
WITH park AS (
    SELECT
        COUNT(*) FILTER (WHERE open_date IS NULL OR open_date <= :end) AS n,
        COUNT(*) FILTER (WHERE open_date BETWEEN :year_start AND :end) AS n_new,
        COALESCE(SUM(plan_area) FILTER (WHERE open_date IS NULL OR open_date <= :end), 0) AS area,
        COALESCE(SUM(plan_area) FILTER (WHERE open_date BETWEEN :year_start AND :end), 0) AS area_new
    FROM theme_park
    WHERE zone_code = :zone AND kind = '台湾园中园'
),
base AS (
    SELECT COUNT(*) AS n
    FROM tw_base
    WHERE zone_code = :zone AND (appr_date IS NULL OR appr_date <= :end) AND (close_date IS NULL OR close_date > :end)
)
SELECT park.n + base.n AS "TW12", base.n AS "TW1-28", park.n AS "TW1-29", park.area AS "TW6-02", park.area_new AS "TW6-02N", park.n_new AS "TW6-05N"
FROM park, base;

-- the zone itself: 开发区年度, 问题, 招商活动, 文件, 上报批次
SELECT
    (SELECT COUNT(*) FROM biz_event WHERE zone_code = :zone AND place IN ('昆山', '东莞', '厦门', '台湾')
        AND ev_date BETWEEN :year_start AND :end) AS "TW09",
    (SELECT COUNT(*) FROM return_batch WHERE zone_code = :zone AND year = :year AND form = :form AND seq = :seq
        AND pack = '台办' AND report_date <= :end) AS "TW15",
    (SELECT COUNT(*) FROM zone WHERE zone_code = :zone AND coop_park IS NOT NULL) AS "TW16",
    (SELECT COUNT(*) FROM zone_doc WHERE zone_code = :zone AND kind = '产业园发展规划' AND doc_date <= :end) AS "TW17";
SELECT COALESCE(SUM(n.joint_meet_n), 0) AS "TW14", COALESCE(SUM(n.infra_inv), 0) AS "TW6-06"
FROM zone_year n
WHERE n.zone_code = :zone AND n.year = :year;
SELECT
    COUNT(*) FILTER (WHERE close_date <= :end) AS "TW14B",
    COUNT(*) AS "TW14B/",
    COUNT(*) AS "TW1-32",
    COUNT(*) FILTER (WHERE close_date <= :end) AS "TW1-33"
FROM issue
WHERE zone_code = :zone AND raise_date BETWEEN :year_start AND :end;

-- land and 标准厂房 that 台资企业 hold
SELECT
    COALESCE(SUM(u.area_m2), 0) AS "TW6-03",
    COALESCE(SUM(u.area_m2) FILTER (WHERE u.from_date >= :year_start), 0) AS "TW6-03N"
FROM parcel_use u
JOIN enterprise_year y ON y.zone_code = u.zone_code AND y.ent = u.ent AND y.year = :year AND y.is_tw = 1
WHERE u.zone_code = :zone AND u.use_way IN ('1', '2') AND u.from_date <= :end AND (u.to_date IS NULL OR u.to_date > :end);
SELECT
    COALESCE(SUM(l.area_m2), 0) AS "TW6-04",
    COALESCE(SUM(l.area_m2) FILTER (WHERE l.from_date >= :year_start), 0) AS "TW6-04N"
FROM factory_lease l
JOIN enterprise_year y ON y.zone_code = l.zone_code AND y.ent = l.ent AND y.year = :year AND y.is_tw = 1
WHERE l.zone_code = :zone AND l.from_date <= :end AND (l.to_date IS NULL OR l.to_date > :end);
