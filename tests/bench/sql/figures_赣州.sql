-- The indicators of the pack 赣州 for a whole year as one would write them by hand: one scan of each ledger, conditional aggregates.
-- A column is named as its indicator; "X/" is what X is divided by. Amounts are whole numbers as they are stored.

-- 亩均: 已投产工业企业, their figures and their land (宗地占用, and 厂房入驻 as its share of the parcel)
WITH made AS MATERIALIZED (
    SELECT e.id, e.uscc
    FROM enterprise e
    JOIN enterprise_year y ON y.zone_code = e.zone_code AND y.ent = e.id AND y.year = :year AND y.op_state = '1'
    WHERE e.zone_code = :zone AND e.ind_code BETWEEN '0610' AND '4690' AND e.prod_date <= :end
),
money AS (
    SELECT COALESCE(SUM(p.fai_cum), 0) AS fai_cum, COALESCE(SUM(p.rev), 0) AS rev, COALESCE(SUM(p.profit), 0) AS profit
    FROM made m
    JOIN ent_period p ON p.zone_code = :zone AND p.ent = m.id AND p.year = :year AND p.form = :form AND p.seq = :seq
),
unfinished AS (
    SELECT COALESCE(SUM(j.inv_cum), 0) AS inv_cum
    FROM project j
    WHERE j.zone_code = :zone AND j.ind_code BETWEEN '0610' AND '4690' AND j.stage IN ('5', '6', '7')
        AND NOT EXISTS (SELECT 1 FROM made m WHERE m.uscc = j.owner_uscc)
),
own AS (
    SELECT COALESCE(SUM(u.area_m2), 0) AS area
    FROM parcel_use u
    JOIN made m ON m.id = u.ent
    WHERE u.zone_code = :zone AND u.use_way IN ('1', '2') AND u.from_date <= :end AND (u.to_date IS NULL OR u.to_date > :end)
),
built AS (
    SELECT parcel, SUM(bld_m2) AS area FROM factory WHERE zone_code = :zone AND done_date <= :end GROUP BY parcel
),
leased AS (
    SELECT COALESCE(SUM((2 * l.area_m2 * g.area_m2 + b.area) / (2 * NULLIF(b.area, 0))), 0) AS area
    FROM factory_lease l
    JOIN made m ON m.id = l.ent
    JOIN factory f ON f.zone_code = l.zone_code AND f.id = l.fac
    JOIN parcel g ON g.zone_code = f.zone_code AND g.id = f.parcel
    LEFT JOIN built b ON b.parcel = g.id
    WHERE l.zone_code = :zone AND l.from_date <= :end AND (l.to_date IS NULL OR l.to_date > :end)
),
begun AS (
    SELECT COALESCE(SUM(g.area_m2), 0) AS area
    FROM parcel g
    JOIN parcel_year y ON y.zone_code = g.zone_code AND y.parcel = g.id AND y.year = :year
    WHERE g.zone_code = :zone AND g.use_code = '工业' AND y.supply_cls LIKE 'D%' AND g.start_act <= :end
)
SELECT
    money.fai_cum + unfinished.inv_cum AS "GZ07", begun.area AS "GZ07/",
    money.rev AS "GZ08", own.area + leased.area AS "GZ08/",
    money.profit AS "GZ09", own.area + leased.area AS "GZ09/"
FROM money, unfinished, own, leased, begun;

-- 开发区年度 (its own: one zone is asked about) of the report year, the one before, and 2019
SELECT
    COALESCE(n.rev_all, 0) AS "GZ01", COALESCE(b.rev_all, 0) AS "GZ01/",
    COALESCE(n.rev_all, 0) AS "GZ02",
    COALESCE(n.profit_all, 0) AS "GZ05",
    COALESCE(n.va_hitech, 0) AS "GZ06", COALESCE(n.va_ind_up, 0) AS "GZ06/",
    n.rank_prov <= 20 IS TRUE AS "GZ10",
    n.rank_prov <= 50 IS TRUE AS "GZ11",
    p.rank_prov - n.rank_prov AS "GZ12",
    n.rank_prov AS "GZ12a",
    COALESCE(n.park_assets, 0) AS "GZ22",
    COALESCE(n.park_assets, 0) AS "GZ22b", COALESCE(b.park_assets, 0) AS "GZ22b/",
    EXISTS (SELECT 1 FROM zone_year y WHERE y.zone_code = n.zone_code AND y.bond_new > 0
        AND (y.year BETWEEN 2020 AND 2022 AND y.year <= :year OR y.year = :year)) AS "GZ40",
    COALESCE(n.bond_new, 0) AS "GZ41",
    COALESCE(n.svc_online_n, 0) AS "GZ46", COALESCE(n.svc_n, 0) AS "GZ46/",
    COALESCE(n.cost_cut, 0) - COALESCE(p.cost_cut, 0) AS "GZ47", COALESCE(p.cost_cut, 0) AS "GZ47/",
    (n.ww_treated >= n.ww_gen AND n.ww_std = 1) IS TRUE AS "GZ54",
    COALESCE(n.reloan_n, 0) AS "GZ56a",
    COALESCE(n.reloan_amt, 0) AS "GZ56b",
    COALESCE(n.ww_gen, 0) AS "GZ4-05",
    COALESCE(n.ww_treated, 0) AS "GZ4-06",
    COALESCE(n.svc_n, 0) AS "GZ7-01",
    COALESCE(n.svc_online_n, 0) AS "GZ7-02",
    COALESCE(n.empower_n, 0) AS "GZ7-03",
    n.ref_hr IS TRUE AS "GZ7-04",
    COALESCE(n.cost_cut, 0) AS "GZ7-05",
    s.n AS "GZ55", 4 AS "GZ55/", s.n AS "GZ7-06", 4 AS "GZ7-07"
FROM zone_year n
LEFT JOIN zone_year p ON p.zone_code = n.zone_code AND p.year = n.year - 1
LEFT JOIN zone_year b ON b.zone_code = n.zone_code AND b.year = 2019
CROSS JOIN ( -- what the four quarters sent in time
    SELECT COUNT(*) AS n FROM return_batch
    WHERE zone_code = :zone AND year = :year AND form = 'Q' AND version = 1 AND report_date <= deadline
) s
WHERE n.zone_code = :zone AND n.year = :year;

-- 开发区季月 of the four quarters
SELECT COALESCE(SUM(study_cnt), 0) AS "GZ50", COUNT(*) FILTER (WHERE study_cnt >= 1) AS "GZ50b", 4 AS "GZ50b/"
FROM zone_period
WHERE zone_code = :zone AND year = :year AND form = 'Q';

-- 经济数据: the large enterprises, and 规上工业 with its 首位产业 and its R&D (against the country's average, or the province's)
WITH firm AS (
    SELECT
        COUNT(*) FILTER (WHERE p.rev > 5000000000) AS n50,
        COUNT(*) FILTER (WHERE p.rev > 10000000000) AS n100,
        COUNT(*) FILTER (WHERE p.rev >= CASE z.level WHEN '1' THEN 10000000000 WHEN '2' THEN 5000000000 END) AS leading,
        COALESCE(SUM(p.rev) FILTER (WHERE y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690'), 0) AS rev,
        COALESCE(SUM(p.rd_exp) FILTER (WHERE y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690'), 0) AS rd,
        COALESCE(SUM(p.rev) FILTER (WHERE y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690' AND y.zone_ind_tag = '首位'), 0) AS first,
        COALESCE(SUM(p.rev) FILTER (WHERE y.is_up = 1 AND e.ind_code BETWEEN '0610' AND '4690' AND e.twocity = 1), 0) AS twocity
    FROM ent_period p
    JOIN zone z ON z.zone_code = p.zone_code
    JOIN enterprise e ON e.zone_code = p.zone_code AND e.id = p.ent
    LEFT JOIN enterprise_year y ON y.zone_code = p.zone_code AND y.ent = p.ent AND y.year = p.year
    WHERE p.zone_code = :zone AND p.year = :year AND p.form = :form AND p.seq = :seq
),
average AS (
    SELECT MAX(r.value) AS value
    FROM benchmark r
    JOIN zone z ON z.zone_code = r.zone_code
    WHERE r.zone_code = :zone AND r.year = :year AND r.ind_id = 'GZ31' AND r.area = iif(z.level = '1', '全国', '全省')
)
SELECT
    first AS "GZ03", rev AS "GZ03/",
    twocity AS "GZ04", rev AS "GZ04/",
    n50 AS "GZ13", n100 AS "GZ14", leading AS "GZ15",
    rd AS "GZ31", rev AS "GZ31/",
    rd * 1000000 - rev * value AS "GZ31b", rev * 1000000 AS "GZ31b/"
FROM firm, average;

-- 企业, 企业年度, and the 规上高企 that are not among the large and medium
SELECT
    COUNT(*) FILTER (WHERE ipo_date <= :end) AS "GZ38",
    COUNT(*) FILTER (WHERE reform_date BETWEEN 20200000 AND 20221231 AND reform_date <= :end) AS "GZ39",
    COUNT(*) FILTER (WHERE up_date / 100 = :year) AS "GZ45"
FROM enterprise
WHERE zone_code = :zone;
WITH of_year AS (
    SELECT
        COUNT(*) FILTER (WHERE y.size IN ('1', '2') AND e.ind_code BETWEEN '0610' AND '4690') AS large,
        COUNT(*) FILTER (WHERE y.size IN ('1', '2') AND e.ind_code BETWEEN '0610' AND '4690' AND y.has_rd_org = 1) AS large_rd,
        COUNT(*) FILTER (WHERE y.mu_rated = 1 AND y.mu_grade = 'A') AS a,
        COUNT(*) FILTER (WHERE y.mu_rated = 1 AND y.mu_grade = 'B') AS b,
        COUNT(*) FILTER (WHERE y.mu_rated = 1 AND y.mu_grade = 'C') AS c,
        COUNT(*) FILTER (WHERE y.mu_rated = 1 AND y.mu_grade = 'D') AS d
    FROM enterprise_year y
    JOIN enterprise e ON e.zone_code = y.zone_code AND e.id = y.ent
    WHERE y.zone_code = :zone AND y.year = :year
),
other AS (
    SELECT COUNT(DISTINCT q.ent) AS n, COUNT(DISTINCT q.ent) FILTER (WHERE y.has_rd_org = 1) AS rd
    FROM qual q
    JOIN enterprise e ON e.zone_code = q.zone_code AND e.id = q.ent
    JOIN enterprise_year y ON y.zone_code = q.zone_code AND y.ent = q.ent AND y.year = :year AND y.is_up = 1
    WHERE q.zone_code = :zone AND q.kind = '高新技术企业' AND q.appr_date <= :end AND (q.valid_to IS NULL OR q.valid_to >= :end)
        AND (q.state IS NULL OR q.state <> '失效') AND (y.size IN ('1', '2') AND e.ind_code BETWEEN '0610' AND '4690') IS NOT TRUE
)
SELECT large_rd + rd AS "GZ36", large + n AS "GZ36/", a AS "GZ6-11", b AS "GZ6-12", c AS "GZ6-13", d AS "GZ6-14"
FROM of_year, other;

-- 项目
SELECT
    COUNT(*) FILTER (WHERE new AND (z.level = '1' AND z.ztype = '11' AND j.inv_total >= 5000000000
        OR z.level = '2' AND j.inv_total >= 2000000000)) AS "GZ16",
    COUNT(*) FILTER (WHERE new AND j.inv_total >= z.line AND j.fund_type <> '1') AS "GZ17",
    COUNT(*) FILTER (WHERE new AND j.inv_total >= z.line) AS "GZ17/",
    COUNT(*) FILTER (WHERE new AND j.d_reg <= :end) AS "GZ18", COUNT(*) FILTER (WHERE new) AS "GZ18/",
    COUNT(*) FILTER (WHERE new AND j.d_start <= :end) AS "GZ19", COUNT(*) FILTER (WHERE new) AS "GZ19/",
    COUNT(*) FILTER (WHERE new AND j.d_prod <= :end) AS "GZ20", COUNT(*) FILTER (WHERE new) AS "GZ20/",
    COALESCE(SUM(j.paid_cum) FILTER (WHERE new), 0) AS "GZ21", COALESCE(SUM(j.sign_amt) FILTER (WHERE new), 0) AS "GZ21/",
    COUNT(*) FILTER (WHERE j.inv_total >= 10000000000) AS "GZ52",
    COUNT(*) FILTER (WHERE new) AS "GZ3-01",
    COALESCE(SUM(j.sign_amt) FILTER (WHERE new), 0) AS "GZ3-02",
    COUNT(*) FILTER (WHERE new AND j.inv_total >= z.line) AS "GZ3-03"
FROM (SELECT *, d_sign BETWEEN :year_start AND :end AS new FROM project) j
JOIN (
    SELECT zone_code, level, ztype, CASE level WHEN '1' THEN 5000000000 WHEN '2' THEN 2000000000 END AS line FROM zone
) z ON z.zone_code = j.zone_code
WHERE j.zone_code = :zone;

-- 标准厂房
WITH used AS (
    SELECT fac, SUM(area_m2) AS area
    FROM factory_lease
    WHERE zone_code = :zone AND from_date <= :end AND (to_date IS NULL OR to_date > :end)
    GROUP BY fac
)
SELECT
    COALESCE(SUM(f.bld_m2) FILTER (WHERE f.done_date BETWEEN 20180000 AND 20201231), 0) AS "GZ23",
    COALESCE(SUM(u.area) FILTER (WHERE f.done_date IS NOT NULL), 0) AS "GZ24",
    COALESCE(SUM(f.rentable_m2) FILTER (WHERE f.done_date IS NOT NULL), 0) AS "GZ24/",
    COALESCE(SUM(f.bld_m2) FILTER (WHERE f.start_date <= :end AND (f.done_date IS NULL OR f.done_date > :end)), 0) AS "GZ4-01",
    COALESCE(SUM(f.bld_m2) FILTER (WHERE f.done_date <= :end), 0) AS "GZ4-02",
    COALESCE(SUM(f.rentable_m2) FILTER (WHERE f.done_date IS NOT NULL), 0) AS "GZ4-03",
    COALESCE(SUM(u.area) FILTER (WHERE f.done_date IS NOT NULL), 0) AS "GZ4-04"
FROM factory f
LEFT JOIN used u ON u.fac = f.id
WHERE f.zone_code = :zone;

-- 企业资质, each enterprise once; 科技型中小企业 are of this year
SELECT
    COUNT(DISTINCT ent) FILTER (WHERE holds AND kind = '独角兽企业') AS "GZ25",
    COUNT(DISTINCT ent) FILTER (WHERE holds AND kind = '瞪羚企业') AS "GZ26",
    COUNT(DISTINCT ent) FILTER (WHERE holds AND kind = '高新技术企业') AS "GZ27",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '科技型中小企业' AND appr_date >= :year_start) AS "GZ28",
    COUNT(DISTINCT ent) FILTER (WHERE holds AND kind IN ('专精特新中小企业', '专精特新“小巨人”企业', '重点“小巨人”企业')) AS "GZ29",
    COUNT(DISTINCT ent) FILTER (WHERE holds AND kind = '制造业单项冠军企业' AND level = '国家') AS "GZ30"
FROM (
    SELECT *, (valid_to IS NULL OR valid_to >= :end) AND (state IS NULL OR state <> '失效') AS holds
    FROM qual
    WHERE zone_code = :zone AND appr_date <= :end
);

-- 创新平台, 人才团队, 科研任务
SELECT
    COUNT(*) FILTER (WHERE level IN ('国家', '省') AND appr_date BETWEEN 20200000 AND 20221231) AS "GZ32",
    COUNT(*) FILTER (WHERE level = '市') AS "GZ35"
FROM platform
WHERE zone_code = :zone AND appr_date <= :end;
SELECT
    COUNT(*) FILTER (WHERE level IN ('国家', '省') AND intro_date BETWEEN 20200000 AND 20221231) AS "GZ33",
    COALESCE(SUM(head_n) FILTER (WHERE org = '中科院稀土研究院' AND (leave_date IS NULL OR leave_date > :end)), 0) AS "GZ37a",
    COALESCE(SUM(head_n) FILTER (WHERE org = '中科院稀土研究院' AND (leave_date IS NULL OR leave_date > :end)
        AND kind IN ('院士', '顶尖科学家')), 0) AS "GZ37b"
FROM talent
WHERE zone_code = :zone AND intro_date <= :end;
SELECT COUNT(*) AS "GZ34" FROM rd_task WHERE zone_code = :zone AND level IN ('国家', '省') AND start_year IN ('2020', '2021', '2022');

-- 宗地 supplied this year; 闲置 and 低效
SELECT
    COALESCE(SUM(area_m2) FILTER (WHERE std_land = 1 AND "commit" = 1), 0) AS "GZ42", COALESCE(SUM(area_m2), 0) AS "GZ42/",
    COUNT(*) AS "GZ6-01",
    COALESCE(SUM(area_m2), 0) AS "GZ6-02",
    COUNT(*) FILTER (WHERE std_land = 1 AND "commit" = 1) AS "GZ6-03",
    COALESCE(SUM(area_m2) FILTER (WHERE std_land = 1 AND "commit" = 1), 0) AS "GZ6-04"
FROM parcel
WHERE zone_code = :zone AND use_code = '工业' AND supply_date BETWEEN :year_start AND :end;
SELECT
    COALESCE(SUM(iif(ended, area_m2, disp_done_m2)), 0) AS "GZ51",
    COUNT(*) FILTER (WHERE idle = 1) AS "GZ6-05",
    COALESCE(SUM(area_m2) FILTER (WHERE idle = 1), 0) AS "GZ6-06",
    COUNT(*) FILTER (WHERE ended) AS "GZ6-07",
    COUNT(*) FILTER (WHERE loweff = 1) AS "GZ6-08",
    COALESCE(SUM(area_m2) FILTER (WHERE loweff = 1), 0) AS "GZ6-09",
    COALESCE(SUM(disp_done_m2) FILTER (WHERE loweff = 1), 0) AS "GZ6-10"
FROM (
    SELECT g.area_m2, y.disp_done_m2, y.idle, y.loweff, y.idle = 1 AND y.idle_disp_date BETWEEN :year_start AND :end AS ended
    FROM parcel_year y
    JOIN parcel g ON g.zone_code = y.zone_code AND g.id = y.parcel
    WHERE y.zone_code = :zone AND y.year = :year
);

-- 集群, 产业链, 试点, 文件
SELECT COUNT(*) FILTER (WHERE rev >= 100000000000) AS "GZ43", COALESCE(SUM(rev) FILTER (WHERE kind = '大健康'), 0) AS "GZ44"
FROM cluster
WHERE zone_code = :zone AND year = :year;
SELECT
    COUNT(*) FILTER (WHERE map_chain = 1 AND map_tech = 1 AND map_app = 1 AND map_region = 1) AS "GZ53", COUNT(*) AS "GZ53/"
FROM chain
WHERE zone_code = :zone;
SELECT COUNT(*) AS "GZ48", COUNT(*) FILTER (WHERE plan_date <= 20200731) AS "GZ48b"
FROM zone_pilot
WHERE zone_code = :zone AND fix_date <= 20200520;
SELECT COUNT(*) AS "GZ49" FROM zone_doc WHERE zone_code = :zone AND kind = '实施方案' AND doc_date <= 20200531;
