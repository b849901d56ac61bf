-- The indicators of the pack 湖南 for a month as one would write them by hand: one scan of each ledger, conditional aggregates.
-- A column is named as its indicator; "X/" is what X is divided by. Amounts are whole numbers as they are stored.

-- 项目月度: how many projects stood in each group of stages at the end of last month, came, went, and stand there now.
-- Groups: 1 意向, 2 在谈, 3 签约, 4 落地, 5 在建, 6 投产, 7 营运; without a month before, what is counted from it is not known
WITH stage (code, g) AS (
    VALUES ('0', 1), ('1', 1), ('2', 2), ('3', 3), ('4', 4), ('5', 5), ('6', 5), ('7', 5), ('8', 6), ('9', 7)
),
moved AS MATERIALIZED (
    SELECT j.fund_type = '1' AS home, j.fund_type <> '1' AS abroad, j.inv_total, sn.g AS now, sw.g AS was, w.stage IS NOT NULL AS known
    FROM project j
    LEFT JOIN project_month n ON n.zone_code = j.zone_code AND n.proj = j.id AND n.year = :year AND n.form = :form AND n.seq = :seq
    LEFT JOIN project_month w ON w.zone_code = j.zone_code AND w.proj = j.id AND w.year = :before_year AND w.form = :form AND w.seq = :before_seq
    LEFT JOIN stage sn ON sn.code = n.stage
    LEFT JOIN stage sw ON sw.code = w.stage
    WHERE j.zone_code = :zone
)
SELECT
    COUNT(*) FILTER (WHERE home AND was = 1) AS "HN2-01a", MAX(known) AS "HN2-01a/",
    COUNT(*) FILTER (WHERE home AND now = 1 AND was IS NOT 1) AS "HN2-01b", MAX(known) AS "HN2-01b/",
    COUNT(*) FILTER (WHERE home AND was = 1 AND now IS NOT 1) AS "HN2-01c", MAX(known) AS "HN2-01c/",
    COUNT(*) FILTER (WHERE home AND now = 1) AS "HN2-01d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 1), 0) AS "HN2-01e",
    COUNT(*) FILTER (WHERE abroad AND was = 1) AS "HN2-02a", MAX(known) AS "HN2-02a/",
    COUNT(*) FILTER (WHERE abroad AND now = 1 AND was IS NOT 1) AS "HN2-02b", MAX(known) AS "HN2-02b/",
    COUNT(*) FILTER (WHERE abroad AND was = 1 AND now IS NOT 1) AS "HN2-02c", MAX(known) AS "HN2-02c/",
    COUNT(*) FILTER (WHERE abroad AND now = 1) AS "HN2-02d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 1), 0) AS "HN2-02e",
    COUNT(*) FILTER (WHERE home AND was = 2) AS "HN2-03a", MAX(known) AS "HN2-03a/",
    COUNT(*) FILTER (WHERE home AND now = 2 AND was IS NOT 2) AS "HN2-03b", MAX(known) AS "HN2-03b/",
    COUNT(*) FILTER (WHERE home AND was = 2 AND now IS NOT 2) AS "HN2-03c", MAX(known) AS "HN2-03c/",
    COUNT(*) FILTER (WHERE home AND now = 2) AS "HN2-03d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 2), 0) AS "HN2-03e",
    COUNT(*) FILTER (WHERE abroad AND was = 2) AS "HN2-04a", MAX(known) AS "HN2-04a/",
    COUNT(*) FILTER (WHERE abroad AND now = 2 AND was IS NOT 2) AS "HN2-04b", MAX(known) AS "HN2-04b/",
    COUNT(*) FILTER (WHERE abroad AND was = 2 AND now IS NOT 2) AS "HN2-04c", MAX(known) AS "HN2-04c/",
    COUNT(*) FILTER (WHERE abroad AND now = 2) AS "HN2-04d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 2), 0) AS "HN2-04e",
    COUNT(*) FILTER (WHERE home AND was = 3) AS "HN2-05a", MAX(known) AS "HN2-05a/",
    COUNT(*) FILTER (WHERE home AND now = 3 AND was IS NOT 3) AS "HN2-05b", MAX(known) AS "HN2-05b/",
    COUNT(*) FILTER (WHERE home AND was = 3 AND now IS NOT 3) AS "HN2-05c", MAX(known) AS "HN2-05c/",
    COUNT(*) FILTER (WHERE home AND now = 3) AS "HN2-05d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 3), 0) AS "HN2-05e",
    COUNT(*) FILTER (WHERE abroad AND was = 3) AS "HN2-06a", MAX(known) AS "HN2-06a/",
    COUNT(*) FILTER (WHERE abroad AND now = 3 AND was IS NOT 3) AS "HN2-06b", MAX(known) AS "HN2-06b/",
    COUNT(*) FILTER (WHERE abroad AND was = 3 AND now IS NOT 3) AS "HN2-06c", MAX(known) AS "HN2-06c/",
    COUNT(*) FILTER (WHERE abroad AND now = 3) AS "HN2-06d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 3), 0) AS "HN2-06e",
    COUNT(*) FILTER (WHERE home AND was = 4) AS "HN2-07a", MAX(known) AS "HN2-07a/",
    COUNT(*) FILTER (WHERE home AND now = 4 AND was IS NOT 4) AS "HN2-07b", MAX(known) AS "HN2-07b/",
    COUNT(*) FILTER (WHERE home AND was = 4 AND now IS NOT 4) AS "HN2-07c", MAX(known) AS "HN2-07c/",
    COUNT(*) FILTER (WHERE home AND now = 4) AS "HN2-07d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 4), 0) AS "HN2-07e",
    COUNT(*) FILTER (WHERE abroad AND was = 4) AS "HN2-08a", MAX(known) AS "HN2-08a/",
    COUNT(*) FILTER (WHERE abroad AND now = 4 AND was IS NOT 4) AS "HN2-08b", MAX(known) AS "HN2-08b/",
    COUNT(*) FILTER (WHERE abroad AND was = 4 AND now IS NOT 4) AS "HN2-08c", MAX(known) AS "HN2-08c/",
    COUNT(*) FILTER (WHERE abroad AND now = 4) AS "HN2-08d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 4), 0) AS "HN2-08e",
    COUNT(*) FILTER (WHERE home AND was = 5) AS "HN2-09a", MAX(known) AS "HN2-09a/",
    COUNT(*) FILTER (WHERE home AND now = 5 AND was IS NOT 5) AS "HN2-09b", MAX(known) AS "HN2-09b/",
    COUNT(*) FILTER (WHERE home AND was = 5 AND now IS NOT 5) AS "HN2-09c", MAX(known) AS "HN2-09c/",
    COUNT(*) FILTER (WHERE home AND now = 5) AS "HN2-09d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 5), 0) AS "HN2-09e",
    COUNT(*) FILTER (WHERE abroad AND was = 5) AS "HN2-10a", MAX(known) AS "HN2-10a/",
    COUNT(*) FILTER (WHERE abroad AND now = 5 AND was IS NOT 5) AS "HN2-10b", MAX(known) AS "HN2-10b/",
    COUNT(*) FILTER (WHERE abroad AND was = 5 AND now IS NOT 5) AS "HN2-10c", MAX(known) AS "HN2-10c/",
    COUNT(*) FILTER (WHERE abroad AND now = 5) AS "HN2-10d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 5), 0) AS "HN2-10e",
    COUNT(*) FILTER (WHERE home AND was = 6) AS "HN2-11a", MAX(known) AS "HN2-11a/",
    COUNT(*) FILTER (WHERE home AND now = 6 AND was IS NOT 6) AS "HN2-11b", MAX(known) AS "HN2-11b/",
    COUNT(*) FILTER (WHERE home AND was = 6 AND now IS NOT 6) AS "HN2-11c", MAX(known) AS "HN2-11c/",
    COUNT(*) FILTER (WHERE home AND now = 6) AS "HN2-11d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 6), 0) AS "HN2-11e",
    COUNT(*) FILTER (WHERE abroad AND was = 6) AS "HN2-12a", MAX(known) AS "HN2-12a/",
    COUNT(*) FILTER (WHERE abroad AND now = 6 AND was IS NOT 6) AS "HN2-12b", MAX(known) AS "HN2-12b/",
    COUNT(*) FILTER (WHERE abroad AND was = 6 AND now IS NOT 6) AS "HN2-12c", MAX(known) AS "HN2-12c/",
    COUNT(*) FILTER (WHERE abroad AND now = 6) AS "HN2-12d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 6), 0) AS "HN2-12e",
    COUNT(*) FILTER (WHERE home AND was = 7) AS "HN2-13a", MAX(known) AS "HN2-13a/",
    COUNT(*) FILTER (WHERE home AND now = 7 AND was IS NOT 7) AS "HN2-13b", MAX(known) AS "HN2-13b/",
    COUNT(*) FILTER (WHERE home AND was = 7 AND now IS NOT 7) AS "HN2-13c", MAX(known) AS "HN2-13c/",
    COUNT(*) FILTER (WHERE home AND now = 7) AS "HN2-13d",
    COALESCE(SUM(inv_total) FILTER (WHERE home AND now = 7), 0) AS "HN2-13e",
    COUNT(*) FILTER (WHERE abroad AND was = 7) AS "HN2-14a", MAX(known) AS "HN2-14a/",
    COUNT(*) FILTER (WHERE abroad AND now = 7 AND was IS NOT 7) AS "HN2-14b", MAX(known) AS "HN2-14b/",
    COUNT(*) FILTER (WHERE abroad AND was = 7 AND now IS NOT 7) AS "HN2-14c", MAX(known) AS "HN2-14c/",
    COUNT(*) FILTER (WHERE abroad AND now = 7) AS "HN2-14d",
    COALESCE(SUM(inv_total) FILTER (WHERE abroad AND now = 7), 0) AS "HN2-14e"
FROM moved;

-- 项目
SELECT
    COUNT(*) FILTER (WHERE great AND is_transfer = 1 AND d_reg BETWEEN :year_start AND :end) AS "HN01",
    COALESCE(SUM(inv_total) FILTER (WHERE great AND is_transfer = 1 AND d_reg BETWEEN :year_start AND :end), 0) AS "HN3-01",
    COALESCE(SUM(paid_cum) FILTER (WHERE great AND is_transfer = 1 AND d_reg BETWEEN :year_start AND :end), 0) AS "HN3-02",
    COUNT(*) FILTER (WHERE third AND kept AND (inv_usd >= 50000000 OR fund_type = '1' AND inv_total >= 300000000)) AS "HN02",
    COUNT(*) FILTER (WHERE (first OR second) AND begun) AS "HN03",
    COUNT(*) FILTER (WHERE great AND kept) AS "HN14",
    COUNT(*) FILTER (WHERE main AND begun) AS "HN17a",
    COUNT(*) FILTER (WHERE supplier AND begun) AS "HN17b",
    COUNT(*) FILTER (WHERE kept AND inv_total >= 10000000000) AS "HN18a",
    COUNT(*) FILTER (WHERE first AND kept) AS "HN4-11",
    COUNT(*) FILTER (WHERE first AND begun) AS "HN4-12",
    COUNT(*) FILTER (WHERE first AND stage IN ('8', '9')) AS "HN4-13",
    COALESCE(SUM(inv_cum) FILTER (WHERE first AND kept), 0) AS "HN4-14",
    COUNT(*) FILTER (WHERE second AND kept) AS "HN4-21",
    COUNT(*) FILTER (WHERE second AND begun) AS "HN4-22",
    COUNT(*) FILTER (WHERE second AND stage IN ('8', '9')) AS "HN4-23",
    COALESCE(SUM(inv_cum) FILTER (WHERE second AND kept), 0) AS "HN4-24",
    COUNT(*) FILTER (WHERE third AND kept) AS "HN4-31",
    COUNT(*) FILTER (WHERE third AND begun) AS "HN4-32",
    COUNT(*) FILTER (WHERE third AND stage IN ('8', '9')) AS "HN4-33",
    COALESCE(SUM(inv_cum) FILTER (WHERE third AND kept), 0) AS "HN4-34",
    COUNT(*) FILTER (WHERE main AND kept) AS "HN4-41",
    COUNT(*) FILTER (WHERE main AND stage IN ('8', '9')) AS "HN4-43",
    COALESCE(SUM(inv_cum) FILTER (WHERE main AND kept), 0) AS "HN4-44",
    COUNT(*) FILTER (WHERE supplier AND kept) AS "HN4-51",
    COUNT(*) FILTER (WHERE supplier AND stage IN ('8', '9')) AS "HN4-53",
    COALESCE(SUM(inv_cum) FILTER (WHERE supplier AND kept), 0) AS "HN4-54",
    COUNT(*) FILTER (WHERE stage IN ('0', '1')) AS "HN6-P1",
    COUNT(*) FILTER (WHERE stage = '2') AS "HN6-P2",
    COUNT(*) FILTER (WHERE stage = '3') AS "HN6-P3",
    COUNT(*) FILTER (WHERE stage = '4') AS "HN6-P4",
    COUNT(*) FILTER (WHERE stage IN ('5', '6', '7')) AS "HN6-P5",
    COUNT(*) FILTER (WHERE stage = '8') AS "HN6-P6",
    COUNT(*) FILTER (WHERE stage = '9') AS "HN6-P7"
FROM (
    SELECT *,
        CASE fund_type WHEN '1' THEN inv_total >= 200000000 ELSE inv_usd >= 30000000 END AS great,
        stage <> '90' AS kept,
        stage IN ('5', '6', '7', '8', '9') AS begun,
        key_tag LIKE '%湘南第一批%' AS first,
        key_tag LIKE '%湘南第二批%' AS second,
        key_tag LIKE '%湘南第三批%' AS third,
        key_tag LIKE '%九兴控股主体厂%' AS main,
        key_tag LIKE '%九兴控股配套%' AS supplier
    FROM project
    WHERE zone_code = :zone
);

-- 企业, and those that lead a chain
SELECT COUNT(*) AS "HN04"
FROM enterprise
WHERE zone_code = :zone AND (top500 = 1 OR top100 = 1) AND open_date BETWEEN :year_start AND :end;
SELECT COUNT(*) AS "HN6-04" FROM enterprise_year WHERE zone_code = :zone AND year = :year AND chain_role IN ('链主', '领航', '龙头');

-- 客商 and 客商拜访
WITH known AS (
    SELECT COUNT(*) AS n,
        COUNT(*) FILTER (WHERE kind = '世界500强') AS k1,
        COUNT(*) FILTER (WHERE kind = '国内100强') AS k2,
        COUNT(*) FILTER (WHERE kind = '央企') AS k3,
        COUNT(*) FILTER (WHERE kind = '上市公司') AS k4,
        COUNT(*) FILTER (WHERE kind = '民企') AS k5,
        COUNT(*) FILTER (WHERE kind = '商协会') AS k6,
        COUNT(*) FILTER (WHERE kind = '台湾百大') AS k7,
        COUNT(*) FILTER (WHERE kind = '个人') AS k8
    FROM investor
    WHERE zone_code = :zone
)
SELECT
    n > 0 AND EXISTS (SELECT 1 FROM project WHERE zone_code = :zone) AND EXISTS (SELECT 1 FROM chain WHERE zone_code = :zone) AS "HN19",
    n AS "HN6-01",
    k1 AS "HN6-K1", k2 AS "HN6-K2", k3 AS "HN6-K3", k4 AS "HN6-K4", k5 AS "HN6-K5", k6 AS "HN6-K6", k7 AS "HN6-K7", k8 AS "HN6-K8"
FROM known;
SELECT COUNT(DISTINCT v.inv) AS "HN09"
FROM investor_visit v
JOIN investor i ON i.zone_code = v.zone_code AND i.id = v.inv AND i.kind = '商协会'
WHERE v.zone_code = :zone AND v.visit_date BETWEEN :year_start AND :end;

-- 驻点 and 招商活动
SELECT COUNT(*) AS "HN08"
FROM biz_office
WHERE zone_code = :zone AND set_date <= :end AND (close_date IS NULL OR close_date > :end);
SELECT COUNT(*) FILTER (WHERE kind = '重大产业对接活动') AS "HN10", COUNT(*) FILTER (WHERE kind = '参展') AS "HN20"
FROM biz_event
WHERE zone_code = :zone AND ev_date BETWEEN :year_start AND :end;

-- 标准厂房 and what is used of them
SELECT
    COALESCE(SUM(bld_m2) FILTER (WHERE done_date BETWEEN :year_start AND :end), 0) AS "HN12",
    COALESCE(SUM(bld_m2) FILTER (WHERE use_for = '园区承接产业转移' AND done_date BETWEEN :year_start AND :end), 0) AS "HN12a",
    COALESCE(SUM(bld_m2) FILTER (WHERE use_for = '重点转移企业扩产' AND done_date BETWEEN :year_start AND :end), 0) AS "HN12b",
    COALESCE(SUM(bld_m2) FILTER (WHERE use_for = '园区承接产业转移' AND start_date BETWEEN :year_start AND :end), 0) AS "HN5-11",
    COALESCE(SUM(bld_m2) FILTER (WHERE use_for = '园区承接产业转移' AND done_date <= :end), 0) AS "HN5-12",
    COALESCE(SUM(bld_m2) FILTER (WHERE use_for = '重点转移企业扩产' AND start_date BETWEEN :year_start AND :end), 0) AS "HN5-21",
    COALESCE(SUM(bld_m2) FILTER (WHERE use_for = '重点转移企业扩产' AND done_date <= :end), 0) AS "HN5-22"
FROM factory
WHERE zone_code = :zone;
SELECT
    COALESCE(SUM(l.area_m2) FILTER (WHERE f.use_for = '园区承接产业转移'), 0) AS "HN5-13",
    COALESCE(SUM(l.area_m2) FILTER (WHERE f.use_for = '重点转移企业扩产'), 0) AS "HN5-23"
FROM factory_lease l
JOIN factory f ON f.zone_code = l.zone_code AND f.id = l.fac
WHERE l.zone_code = :zone AND l.from_date <= :end AND (l.to_date IS NULL OR l.to_date > :end);

-- the zone itself: 开发区, 产业, 文件, 集群, 产业链, 调度通报
SELECT
    COUNT(*) FILTER (WHERE level = '1' AND ztype = '11' AND appr_date BETWEEN :year_start AND :end) AS "HN05",
    COUNT(*) FILTER (WHERE ztype = '13' AND appr_date BETWEEN :year_start AND :end) AS "HN06a",
    COUNT(*) FILTER (WHERE ztype = '13' AND seal_date <= :end) AS "HN06b",
    COUNT(*) FILTER (WHERE level = '1' AND ztype = '11') AS "HN13b",
    COUNT(DISTINCT SUBSTR(region_code, 1, 4)) FILTER (WHERE level = '1' AND SUBSTR(region_code, 1, 4) IN ('4304', '4310', '4311')) AS "HN16a",
    3 AS "HN16a/",
    COUNT(DISTINCT region_code) FILTER (WHERE ztype IN ('21', '23', '24') AND SUBSTR(region_code, 1, 4) IN ('4304', '4310', '4311')) AS "HN16b", 34 AS "HN16b/"
FROM zone
WHERE zone_code = :zone;
SELECT COUNT(*) AS "HN11" FROM zone_industry WHERE zone_code = :zone AND kind IN ('首位', '主导');
SELECT COUNT(*) AS "HN13a" FROM zone_doc WHERE zone_code = :zone AND kind = '升级申报征求意见' AND doc_date BETWEEN :year_start AND :end;
SELECT
    COUNT(*) FILTER (WHERE kind = '主导') AS "HN07a", COUNT(*) FILTER (WHERE kind = '特色') AS "HN07b", COUNT(*) AS "HN6-03"
FROM cluster
WHERE zone_code = :zone AND year = :year;
SELECT COUNT(*) FILTER (WHERE rev >= 100000000000) AS "HN18b", COUNT(*) AS "HN6-02" FROM chain WHERE zone_code = :zone;
SELECT COUNT(*) AS "HN15", :seq AS "HN15/"
FROM return_batch
WHERE zone_code = :zone AND year = :year AND form = :form AND seq <= :seq AND pack = '湖南' AND version = 1 AND report_date <= deadline;
