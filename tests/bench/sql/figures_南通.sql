-- The indicators of the pack 南通 as one would write them by hand: one scan of each ledger, conditional aggregates.
-- A column is named as its indicator; "X/" is what X is divided by. Amounts are whole numbers as they are stored.

-- 开发区年度 (its own: one zone is asked about)
SELECT
    COUNT(*) FILTER (WHERE safe_assess = 1 AND safe_date <= 20221231) AS "NT08", COUNT(*) AS "NT08/",
    COUNT(*) FILTER (WHERE safe_assess = 1 AND safe_date <= 20221231) AS "NT08n",
    COUNT(*) FILTER (WHERE safe_platform = 1) AS "NT09", COUNT(*) AS "NT09/",
    COUNT(*) FILTER (WHERE safe_assess = 1 AND safe_date <= 20221231) AS "NT08m", 13 AS "NT08m/",
    COUNT(*) FILTER (WHERE safe_platform = 1) AS "NT09m", 13 AS "NT09m/",
    COUNT(*) FILTER (WHERE safe_city = '2') AS "NT10",
    COALESCE(SUM(keypol_online), 0) AS "NT11", COALESCE(SUM(keypol_n), 0) AS "NT11/",
    COALESCE(SUM(empower_n), 0) AS "NT17",
    COALESCE(SUM(tariff_ins_n), 0) AS "NT18", COALESCE(SUM(tariff_ins_all), 0) AS "NT18/",
    COALESCE(SUM(rev_all), 0) AS "NT1-01",
    COALESCE(SUM(profit_all), 0) AS "NT1-02",
    COALESCE(SUM(rev_ind_up), 0) AS "NT1-03",
    COALESCE(SUM(va_ind_up), 0) AS "NT1-04",
    COALESCE(SUM(tax_all), 0) AS "NT1-05",
    COALESCE(SUM(fai), 0) AS "NT1-06",
    COALESCE(SUM(fai_ind), 0) AS "NT1-07",
    COALESCE(SUM(emp_end), 0) AS "NT1-08",
    COALESCE(SUM(fdi_mofcom), 0) AS "NT1-09",
    COALESCE(SUM(trade_total_usd), 0) AS "NT1-10",
    COALESCE(SUM(export_usd), 0) AS "NT1-11",
    COALESCE(SUM(va_hitech), 0) AS "NT1-12", COALESCE(SUM(va_ind_up), 0) AS "NT1-12/",
    COALESCE(SUM(tariff_ins_all), 0) AS "NT3-01",
    COALESCE(SUM(tariff_ins_n), 0) AS "NT3-02",
    COALESCE(SUM(keypol_n), 0) AS "NT5-01",
    COALESCE(SUM(keypol_online), 0) AS "NT5-02",
    COALESCE(SUM(ww_gen), 0) AS "NT5-03",
    COALESCE(SUM(ww_treated), 0) AS "NT5-04",
    COALESCE(SUM(ww_treated), 0) AS "NT5-05", COALESCE(SUM(ww_gen), 0) AS "NT5-05/",
    COUNT(*) FILTER (WHERE circular_done = '2') AS "NT5-06"
FROM zone_year
WHERE zone_code = :zone AND year = :year;

-- 项目
SELECT COUNT(*) AS "NT01"
FROM project
WHERE zone_code = :zone AND adv_mfg = 1 AND fund_type <> '1' AND inv_usd >= 150000000;

-- 到资流水 of firms that are not 内资
SELECT
    COALESCE(SUM(c.amt_usd) FILTER (WHERE c.way IN ('1', '2')), 0) AS "NT02",
    COALESCE(SUM(c.amt_usd) FILTER (WHERE c.way IN ('4', '6')), 0) AS "NT03"
FROM capital_in c
JOIN enterprise e ON e.zone_code = c.zone_code AND e.id = c.ent AND e.cap_tag <> '1'
WHERE c.zone_code = :zone AND c.way IN ('1', '2', '4', '6') AND c.in_date BETWEEN :year_start AND :end;

-- 经济数据, and of 规上企业 only
SELECT
    COUNT(*) FILTER (WHERE p.rev >= 3000000000 AND p.rev < 5000000000) AS "NT05",
    COALESCE(SUM(p.rd_exp) FILTER (WHERE y.is_up = 1), 0) AS "NT1-13", COALESCE(SUM(p.rev) FILTER (WHERE y.is_up = 1), 0) AS "NT1-13/"
FROM ent_period p
LEFT JOIN enterprise_year y ON y.zone_code = p.zone_code AND y.ent = p.ent AND y.year = p.year
WHERE p.zone_code = :zone AND p.year = :year AND p.form = :form AND p.seq = :seq;

-- 企业
SELECT
    COUNT(*) FILTER (WHERE ipo_date <= :end) AS "NT12",
    COUNT(*) FILTER (WHERE hq_kind IS NOT NULL) AS "NT14",
    COUNT(*) FILTER (WHERE hq_kind = '地区总部') AS "NT2-01",
    COUNT(*) FILTER (WHERE hq_kind = '研发') AS "NT2-02",
    COUNT(*) FILTER (WHERE hq_kind = '物流') AS "NT2-03",
    COUNT(*) FILTER (WHERE hq_kind = '结算') AS "NT2-04",
    COUNT(*) FILTER (WHERE hq_kind = '其他') AS "NT2-05"
FROM enterprise
WHERE zone_code = :zone;

-- 企业资质, each enterprise once
SELECT
    COUNT(DISTINCT ent) FILTER (WHERE kind = '独角兽企业') AS "NT13a",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '瞪羚企业') AS "NT13b",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '高新技术企业') AS "NT13c",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '智能制造示范工厂/车间') AS "NT16a",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '星级上云') AS "NT16b",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '两化融合管理体系') AS "NT16c",
    COUNT(DISTINCT ent) FILTER (WHERE kind = '省级服务型制造') AS "NT23",
    COUNT(*) FILTER (WHERE kind = '国家智能制造示范项目' AND level = '国家') AS "NT24"
FROM qual
WHERE zone_code = :zone AND appr_date <= :end AND (valid_to IS NULL OR valid_to >= :end) AND (state IS NULL OR state <> '失效');

-- 创新平台
WITH here AS (
    SELECT *, level IN ('国家', '省') AND (expire_date IS NULL OR expire_date >= :end) AS holds
    FROM platform
    WHERE zone_code = :zone AND appr_date <= :end
)
SELECT
    COUNT(*) FILTER (WHERE kind = '工业设计中心' AND level IN ('省', '市') AND appr_date >= :year_start) AS "NT06",
    COUNT(*) FILTER (WHERE holds AND kind IN ('孵化器', '众创空间')) >= 1 AS "NT07",
    COUNT(*) FILTER (WHERE holds) AS "NT1-14",
    COUNT(*) FILTER (WHERE holds AND kind IN ('孵化器', '众创空间')) AS "NT4-01"
FROM here;

-- 宗地年度
SELECT COALESCE(SUM(disp_done_m2), 0) AS "NT15"
FROM parcel_year
WHERE zone_code = :zone AND year = :year AND loweff = 1;

-- the zone itself: 开发区, 产业, 称号, 文件
SELECT
    COUNT(*) FILTER (WHERE core_area > 0) AS "NT19",
    COUNT(*) FILTER (WHERE role = '3') AS "NT6-01"
FROM zone
WHERE zone_code = :zone;
SELECT
    COUNT(*) FILTER (WHERE kind IN ('首位', '主导')) AS "NT04a",
    COUNT(*) FILTER (WHERE kind = '新兴') AS "NT04b"
FROM zone_industry
WHERE zone_code = :zone;
SELECT
    COUNT(*) FILTER (WHERE title = '外贸转型升级基地' AND level IN ('国家', '省')) AS "NT21",
    COUNT(*) FILTER (WHERE title = '服务业集聚区' AND level = '省') AS "NT22",
    COUNT(*) FILTER (WHERE title = '生态工业') AS "NT5-07"
FROM zone_title
WHERE zone_code = :zone AND appr_date <= :end AND (expire IS NULL OR expire >= :end);
SELECT
    MIN(COUNT(*) FILTER (WHERE kind = '权责清单'), COUNT(*) FILTER (WHERE kind = '政务服务事项目录和实施清单'),
        COUNT(*) FILTER (WHERE kind = '区域评估成果应用指南')) >= 1 AS "NT20",
    COUNT(*) FILTER (WHERE kind = '权责清单') AS "NT20a",
    COUNT(*) FILTER (WHERE kind = '政务服务事项目录和实施清单') AS "NT20b",
    COUNT(*) FILTER (WHERE kind = '区域评估成果应用指南') AS "NT20c"
FROM zone_doc
WHERE zone_code = :zone AND doc_date <= :end;
