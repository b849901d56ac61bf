-- The indicators of the pack 工信 as one would write them by hand: one scan of each ledger, conditional aggregates.
-- A column is named as its indicator; "X/" is what X is divided by, "X^" the years it grew over, "_x" a piece of another.

-- 亩均: 已投产工业企业, their figures and their land (宗地占用, and 厂房入驻 as its share of the parcel)
WITH made AS MATERIALIZED (
    SELECT e.id, e.uscc
    FROM enterprise e
    JOIN enterprise_year y ON y.zone_code = e.zone_code AND y.ent = e.id AND y.year = :year AND y.op_state = '1'
    WHERE e.zone_code = :zone AND e.ind_code BETWEEN '0610' AND '4690' AND e.prod_date <= :end
),
money AS (
    SELECT COALESCE(SUM(p.fai_cum), 0) AS fai_cum, COALESCE(SUM(p.rev), 0) AS rev, COALESCE(SUM(p.tax_paid), 0) AS tax_paid
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
    money.fai_cum + unfinished.inv_cum AS "JX06",
    begun.area AS "JX06/",
    money.rev AS "JX07",
    own.area + leased.area AS "JX07/",
    money.tax_paid AS "JX08",
    own.area + leased.area AS "JX08/",
    own.area + leased.area AS "JX1-16",
    begun.area AS "JX1-17"
FROM money, unfinished, own, leased, begun;

-- 开发区年度 (its own: one zone is asked about) of the report year, the one before, 2021 and 2020, and the province's 基准
SELECT
    (n.fai_ind - p.fai_ind) * 1000000 - p.fai_ind * r.value AS "JX01",
    p.fai_ind * 1000000 AS "JX01/",
    n.rev_all AS "JX09", b.rev_all AS "JX09/", :year - 2021 AS "JX09^",
    n.profit_all AS "JX10", b.profit_all AS "JX10/", :year - 2021 AS "JX10^",
    n.rev_all AS "JX11",
    (n.rev_all > 500000000000) IS TRUE AS "JX12a",
    (n.rev_all > 300000000000) IS TRUE AS "JX12b",
    (n.rev_all > 100000000000) IS TRUE AS "JX12c",
    (n.rev_all > 50000000000) IS TRUE AS "JX12d",
    n.ww_treated AS "JX14", n.ww_gen AS "JX14/",
    n.ref_appr IS TRUE AS "JX16a", n.ref_hr IS TRUE AS "JX16b", n.ref_fin IS TRUE AS "JX16c", n.one_stop IS TRUE AS "JX17",
    n.once_n AS "JX18", n.svc_n AS "JX18/",
    (n.circular_done = '2') IS TRUE AS "JX32",
    (n.digital_grade >= '3') IS TRUE AS "JX38",
    n.dual_ctrl IS TRUE AS "JX39",
    n.profit_all AS "JX1-03",
    n.fai_ind AS "JX1-05",
    n.fai_ind - p.fai_ind AS "JX1-06", p.fai_ind AS "JX1-06/",
    r.value AS "JX1-07", 1000000 AS "JX1-07/",
    n.energy_tce AS "JX7-01",
    n.va_ind_up AS "JX7-05",
    n.ww_gen AS "JX7-06", n.ww_treated AS "JX7-07", n.sw_gen AS "JX7-10", n.sw_used AS "JX7-11",
    n.sw_used AS "JX7-12", n.sw_gen AS "JX7-12/",
    n.svc_n AS "JX8-12", n.once_n AS "JX8-13", n.svc_online_n AS "JX8-15",
    n.energy_tce AS "_energy", o.energy_tce AS "_energy_2020", o.va_ind_up AS "_va_2020",
    (SELECT GROUP_CONCAT(va_growth_const) FROM zone_year WHERE zone_code = :zone AND year BETWEEN 2021 AND :year) AS "_growths"
FROM zone_year n
LEFT JOIN zone_year p ON p.zone_code = n.zone_code AND p.year = n.year - 1
LEFT JOIN zone_year b ON b.zone_code = n.zone_code AND b.year = 2021
LEFT JOIN zone_year o ON o.zone_code = n.zone_code AND o.year = 2020
LEFT JOIN benchmark r ON r.zone_code = n.zone_code AND r.year = n.year AND r.ind_id = 'JX01' AND r.area = '全省'
WHERE n.zone_code = :zone AND n.year = :year;

-- 项目
SELECT
    COUNT(*) FILTER (WHERE j.inv_total >= 100000000 AND j.d_sign BETWEEN :year_start AND :end) AS "JX02",
    COUNT(*) FILTER (WHERE j.inv_total >= z.line AND j.d_sign BETWEEN :year_start AND :end) AS "JX03",
    COUNT(*) FILTER (WHERE j.inv_total >= z.line AND j.d_sign <= :end) >= 1 AS "JX04",
    COUNT(*) FILTER (WHERE z.level = '1' AND j.single = '单体' AND j.inv_total >= 5000000000
        AND j.d_sign BETWEEN :year_start AND :end) AS "JX19",
    COUNT(*) FILTER (WHERE z.level = '2' AND j.d_sign BETWEEN :year_start AND :end AND (j.single = '单体' AND j.inv_total >= 2000000000
        OR j.single = '同一产业链集群' AND (SELECT SUM(m.inv_total) FROM project m
            WHERE m.zone_code = j.zone_code AND m.parent_proj_no = j.proj_no) >= 2000000000)) AS "JX20",
    COUNT(*) FILTER (WHERE j.inv_total >= z.line AND j.stage IN ('5', '6', '7', '8')) AS "JX21",
    COUNT(*) FILTER (WHERE j.stage IN ('3', '4', '5', '6', '7', '8') AND j.lead_person IS NOT NULL AND j.duty_unit IS NOT NULL
        AND j.task_list IS NOT NULL) AS "JX35",
    COUNT(*) FILTER (WHERE j.stage IN ('3', '4', '5', '6', '7', '8')) AS "JX35/",
    COUNT(*) FILTER (WHERE j.inv_total >= 100000000 AND j.stage <> '90') AS "JX2-01",
    COALESCE(SUM(j.inv_total) FILTER (WHERE j.inv_total >= 100000000 AND j.stage <> '90'), 0) AS "JX2-02"
FROM project j
JOIN (
    SELECT zone_code, level, CASE level WHEN '1' THEN 5000000000 WHEN '2' THEN 2000000000 END AS line FROM zone
) z ON z.zone_code = j.zone_code
WHERE j.zone_code = :zone;

-- the large enterprises, and what they had in 2021
WITH large AS (
    SELECT p.rev, b.rev AS base, e.enter_date / 10000 > 2021 AS came_since
    FROM ent_period p
    JOIN enterprise e ON e.zone_code = p.zone_code AND e.id = p.ent
    LEFT JOIN ent_period b ON b.zone_code = p.zone_code AND b.ent = p.ent AND b.year = 2021 AND b.form = p.form AND b.seq = p.seq
    WHERE p.zone_code = :zone AND p.year = :year AND p.form = :form AND p.seq = :seq AND p.rev >= 1000000000
),
counted AS (
    SELECT
        COUNT(*) FILTER (WHERE rev >= 10000000000) AS n100,
        COUNT(*) FILTER (WHERE rev >= 5000000000) AS n50,
        COUNT(*) AS n10,
        COUNT(*) FILTER (WHERE rev >= 10000000000 AND (base < 10000000000 OR came_since)) AS new100,
        COUNT(*) FILTER (WHERE rev >= 5000000000 AND (base < 5000000000 OR came_since)) AS new50,
        COUNT(*) FILTER (WHERE base < 1000000000 OR came_since) AS new10,
        COUNT(*) FILTER (WHERE rev >= 5000000000 AND (base < 5000000000 OR came_since)
            OR rev >= 10000000000 AND (base < 10000000000 OR came_since)) AS new_any
    FROM large
)
SELECT
    new_any AS "JX22", new50 >= 1 OR new10 >= 3 AS "JX23", new50 AS "JX23a", new10 AS "JX23b",
    n100 AS "JX3-01", n50 AS "JX3-02", n10 AS "JX3-03", new100 AS "JX3-05"
FROM counted;

-- 企业年度, with the figures of 规上企业
SELECT
    COUNT(*) FILTER (WHERE y.is_up = 1 AND p.rd_act = 1) AS "JX28", COUNT(*) FILTER (WHERE y.is_up = 1) AS "JX28/",
    COUNT(*) FILTER (WHERE y.key_ent = 1 AND y.has_rd_org = 1) AS "JX29", COUNT(*) FILTER (WHERE y.key_ent = 1) AS "JX29/",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1) AS "JX31", COUNT(*) FILTER (WHERE y.is_up = 1) AS "JX31/",
    COUNT(*) FILTER (WHERE y.op_state = '1' AND y.on_cloud = 1) AS "JX33", COUNT(*) FILTER (WHERE y.op_state = '1') AS "JX33/",
    COUNT(*) FILTER (WHERE y.chain_role = '领航') AS "JX3-06",
    COUNT(*) FILTER (WHERE y.chain_role = '链主') AS "JX3-07",
    COUNT(*) FILTER (WHERE y.is_up = 1) AS "JX5-01",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND p.rd_act = 1) AS "JX5-02",
    COUNT(*) FILTER (WHERE y.key_ent = 1) AS "JX5-04",
    COUNT(*) FILTER (WHERE y.key_ent = 1 AND y.has_rd_org = 1) AS "JX5-05",
    COALESCE(SUM(p.rd_exp), 0) AS "JX5-07",
    COALESCE(SUM(p.rd_exp), 0) AS "JX5-08", COALESCE(SUM(p.rev), 0) AS "JX5-08/",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1) AS "JX6-08",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1 AND y.mu_grade = 'A') AS "JX6-10",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1 AND y.mu_grade = 'B') AS "JX6-11",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1 AND y.mu_grade = 'C') AS "JX6-12",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1 AND y.mu_grade = 'D') AS "JX6-13",
    COUNT(*) FILTER (WHERE y.is_up = 1 AND y.mu_rated = 1 AND y.mu_grade = '不定') AS "JX6-14",
    COUNT(*) FILTER (WHERE y.op_state = '1' AND y.on_cloud = 1) AS "JX8-02",
    COUNT(*) FILTER (WHERE y.op_state = '1') AS "JX8-03"
FROM enterprise_year y
LEFT JOIN ent_period p ON y.is_up = 1 AND p.zone_code = y.zone_code AND p.ent = y.ent AND p.year = y.year AND p.form = :form AND p.seq = :seq
WHERE y.zone_code = :zone AND y.year = :year;

-- 企业资质, each enterprise once
SELECT
    COUNT(DISTINCT ent) FILTER (WHERE kind IN ('专精特新“小巨人”企业', '重点“小巨人”企业')) AS "JX3-08",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '制造业单项冠军企业') AS "JX3-09",
    COUNT(DISTINCT ent) FILTER (WHERE kind IN ('专精特新中小企业', '专精特新“小巨人”企业', '重点“小巨人”企业')) AS "JX3-10",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '高新技术企业') AS "JX5-09",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '科技型中小企业') AS "JX5-10",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '绿色工厂') AS "JX7-14",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '智能制造示范工厂/车间') AS "JX8-07"
FROM qual
WHERE zone_code = :zone AND appr_date <= :end AND (valid_to IS NULL OR valid_to >= :end) AND (state IS NULL OR state <> '失效');

-- 创新平台
SELECT
    COUNT(*) FILTER (WHERE expire_date IS NULL OR expire_date >= :end) AS "JX5-11",
    COUNT(*) FILTER (WHERE level = '国家' AND (expire_date IS NULL OR expire_date >= :end)) AS "JX5-12",
    COUNT(*) FILTER (WHERE level = '省' AND (expire_date IS NULL OR expire_date >= :end)) AS "JX5-13",
    COUNT(*) FILTER (WHERE level = '市' AND (expire_date IS NULL OR expire_date >= :end)) AS "JX5-14",
    COUNT(*) FILTER (WHERE level = '县' AND (expire_date IS NULL OR expire_date >= :end)) AS "JX5-15",
    COUNT(*) FILTER (WHERE appr_date >= :year_start) AS "JX5-16"
FROM platform
WHERE zone_code = :zone AND appr_date <= :end;

-- 宗地 supplied this year; 闲置 and 低效
WITH new AS (
    SELECT
        COUNT(*) AS n, COALESCE(SUM(area_m2), 0) AS area,
        COUNT(*) FILTER (WHERE std_land = 1) AS std_n, COALESCE(SUM(area_m2) FILTER (WHERE std_land = 1), 0) AS std_area
    FROM parcel
    WHERE zone_code = :zone AND use_code = '工业' AND supply_date BETWEEN :year_start AND :end
)
SELECT std_area AS "JX30", area AS "JX30/", n AS "JX6-01", area AS "JX6-02", std_n AS "JX6-03", std_area AS "JX6-04" FROM new;
SELECT
    COUNT(*) FILTER (WHERE y.idle = 1) AS "JX6-15",
    COALESCE(SUM(g.area_m2) FILTER (WHERE y.idle = 1), 0) AS "JX6-16",
    COUNT(*) FILTER (WHERE y.loweff = 1) AS "JX6-17",
    COALESCE(SUM(g.area_m2) FILTER (WHERE y.loweff = 1), 0) AS "JX6-18",
    COALESCE(SUM(y.disp_done_m2) FILTER (WHERE y.loweff = 1), 0) AS "JX6-19"
FROM parcel_year y
JOIN parcel g ON g.zone_code = y.zone_code AND g.id = y.parcel
WHERE y.zone_code = :zone AND y.year = :year AND (y.idle = 1 OR y.loweff = 1);

-- 标准厂房: of this year, and what is used of the older ones
WITH used AS (
    SELECT fac, SUM(area_m2) AS area
    FROM factory_lease
    WHERE zone_code = :zone AND from_date <= :end AND (to_date IS NULL OR to_date > :end)
    GROUP BY fac
),
old AS (
    SELECT COALESCE(SUM(f.rentable_m2), 0) AS rentable, COALESCE(SUM(u.area), 0) AS used, COALESCE(SUM(f.bld_m2), 0) AS built
    FROM factory f
    LEFT JOIN used u ON u.fac = f.id
    WHERE f.zone_code = :zone AND f.done_date < :start
)
SELECT
    (SELECT COALESCE(SUM(bld_m2), 0) FROM factory WHERE zone_code = :zone AND done_date BETWEEN :year_start AND :end) AS "JX05",
    used AS "JX34", rentable AS "JX34/", rentable AS "JX6-20", used AS "JX6-21", built AS "JX6-22"
FROM old;

-- 称号, 集群, 产业链, 主题产业园, 问题
SELECT
    COUNT(*) FILTER (WHERE title = '绿色园区' AND level IN ('国家', '省')) AS "JX15",
    COUNT(*) FILTER (WHERE title IN ('两化融合示范园区', '数字化转型标杆园区')) AS "JX40",
    COUNT(*) FILTER (WHERE title = '绿色园区' AND level = '国家') AS "JX7-13",
    COUNT(*) FILTER (WHERE title = '两化融合示范园区') AS "JX8-05",
    COUNT(*) FILTER (WHERE title = '数字化转型标杆园区') AS "JX8-06"
FROM zone_title
WHERE zone_code = :zone AND appr_date <= :end AND (expire IS NULL OR expire >= :end);
SELECT
    COUNT(*) FILTER (WHERE level IN ('省级', '省级培育', '省级特色')) AS "JX24a",
    COUNT(*) FILTER (WHERE level IN ('省级', '省级培育', '省级特色') AND rev > 100000000000) AS "JX24b",
    COUNT(*) FILTER (WHERE level IN ('国家', '世界')) AS "JX25",
    COALESCE(SUM(rev) FILTER (WHERE level IN ('省级', '省级培育', '省级特色', '国家', '世界')), 0) AS "JX4-01"
FROM cluster
WHERE zone_code = :zone AND year = :year;
SELECT
    COUNT(*) FILTER (WHERE kind IN ('优势特色', '新兴')) AS "JX26",
    COUNT(*) FILTER (WHERE map_chain = 1 AND map_tech = 1 AND map_app = 1 AND map_region = 1 AND list_proj = 1 AND list_ent = 1
        AND list_cluster = 1 AND list_policy = 1 AND list_issue = 1) AS "JX36",
    COUNT(*) AS "JX36/"
FROM chain
WHERE zone_code = :zone;
SELECT COUNT(*) AS "JX27" FROM theme_park WHERE zone_code = :zone AND open_date BETWEEN 20220000 AND 20251231 AND open_date <= :end;
SELECT
    COUNT(*) FILTER (WHERE state IN ('办结', '销号') AND close_date <= :end) AS "JX37", COUNT(*) AS "JX37/",
    COUNT(*) AS "JX9-01",
    COUNT(*) FILTER (WHERE state IN ('办结', '销号') AND close_date <= :end) AS "JX9-02",
    COUNT(*) FILTER (WHERE raise_date >= :year_start) AS "JX9-03",
    COUNT(*) FILTER (WHERE (close_date IS NULL OR close_date > :end) AND due_date < :end) AS "JX9-04"
FROM issue
WHERE zone_code = :zone AND raise_date <= :end;
