-- What the made-up zone never has and the packs ask for. Rows are picked by their place (rowid), the same in every run.
UPDATE enterprise SET ipo_date = 20150601 + rowid % 11 * 10000 WHERE rowid % 97 = 0;
UPDATE enterprise SET reform_date = 20180601 + rowid % 7 * 10000 WHERE rowid % 79 = 0;
UPDATE enterprise SET hq_kind = CASE rowid % 5 WHEN 0 THEN '地区总部' WHEN 1 THEN '研发' WHEN 2 THEN '物流' WHEN 3 THEN '结算' ELSE '其他' END
WHERE rowid % 89 = 0;
UPDATE enterprise SET twocity = 1 WHERE twocity IS NULL AND rowid % 3 = 0;
UPDATE qual SET
    kind = CASE rowid % 5 WHEN 0 THEN '独角兽企业' WHEN 1 THEN '瞪羚企业' WHEN 2 THEN '星级上云' WHEN 3 THEN '省级服务型制造' ELSE '国家智能制造示范项目' END,
    level = iif(rowid % 5 = 4, '国家', '省')
WHERE rowid % 23 = 0;
UPDATE qual SET kind = '制造业单项冠军企业', level = '国家' WHERE rowid % 67 = 0;
UPDATE project SET inv_total = 12000000000, d_sign = 20250310, d_reg = 20250401, d_prod = 20251020, fund_type = iif(rowid % 2 = 0, '1', '5')
WHERE rowid % 211 = 0;
UPDATE project SET is_transfer = 1, inv_total = 900000000, inv_usd = iif(fund_type <> '1', 60000000, inv_usd), d_reg = 20250610
WHERE rowid % 37 = 0;
UPDATE project SET key_tag = CASE rowid % 6 WHEN 0 THEN '湘南第一批' WHEN 1 THEN '湘南第一批、湘南第二批' WHEN 2 THEN '市重点、湘南第二批'
    WHEN 3 THEN '湘南第三批' WHEN 4 THEN '九兴控股主体厂' ELSE '九兴控股配套' END
WHERE rowid % 7 = 0;
UPDATE enterprise SET top500 = 1, open_date = 20250310 WHERE rowid % 499 = 0;
UPDATE investor SET kind = CASE rowid % 3 WHEN 0 THEN '世界500强' WHEN 1 THEN '国内100强' ELSE '个人' END WHERE rowid % 11 = 0;
UPDATE chain SET rev = 100000000000 WHERE rowid % 2 = 0;
UPDATE factory SET start_date = 20250110, done_date = 20251120 WHERE rowid % 9 = 0;
UPDATE ent_period SET rev = (3 + rowid % 11) * 1000000000 + rowid WHERE rowid % 101 = 0;
UPDATE platform SET appr_date = 20190601 + rowid % 5 * 10000 WHERE rowid % 13 = 0;
UPDATE talent SET org = '中科院稀土研究院', kind = iif(rowid % 2 = 0, '院士', kind), intro_date = 20200701 WHERE rowid % 19 = 0;
UPDATE rd_task SET start_year = '2021' WHERE rowid % 17 = 0;
UPDATE cluster SET kind = '大健康', rev = 120000000000 WHERE rowid % 4 = 0;
UPDATE parcel_year SET idle = 1, idle_disp_date = year * 10000 + 930 WHERE rowid % 61 = 0;
UPDATE zone_year SET safe_date = 20220620, safe_city = '2' WHERE safe_assess = 1;
INSERT INTO zone_industry (id, zone_code, kind, name, from_year) SELECT x'01', code, '新兴', '生物制造', '2024' FROM zone;
INSERT INTO zone_title (id, zone_code, title, level, appr_date) SELECT x'01', code, '服务业集聚区', '省', 20210310 FROM zone;
INSERT INTO zone_title (id, zone_code, title, level, appr_date) SELECT x'02', code, '生态工业', '国家', 20230310 FROM zone;
INSERT INTO zone_period (id, zone_code, year, form, seq, study_cnt, bond_new)
SELECT x'01', code, 2025, 'Q', 1, 2, 10000000 FROM zone UNION ALL SELECT x'02', code, 2025, 'Q', 2, 1, 20000000 FROM zone
UNION ALL SELECT x'03', code, 2025, 'Q', 3, 0, 20000000 FROM zone UNION ALL SELECT x'04', code, 2025, 'Q', 4, 1, 30000000 FROM zone;
INSERT INTO zone_period (id, zone_code, year, form, seq, rev_all) SELECT x'05', code, 2025, 'M', 12, 0 FROM zone;
INSERT INTO zone_doc (id, zone_code, kind, title, doc_date) SELECT x'01', code, '升级申报征求意见', '升级申报征求意见', 20250520 FROM zone;
INSERT INTO return_batch (id, zone_code, year, form, seq, pack, version, report_date, deadline)
WITH month (n) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12))
SELECT CAST(char(n) AS BLOB), code, 2025, 'M', n, '湖南', 1, 20250000 + n * 100 + n, 20250000 + n * 100 + 10 FROM month, zone;
