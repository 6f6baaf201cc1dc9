-- A small database in the shape of the national platform's tables.
CREATE TABLE up_pro_accept (row_guid TEXT, project_no TEXT, task_code TEXT, org_code TEXT, apply_date TEXT, accept_date TEXT,
    promise_date TEXT, handle_user_name TEXT, cd_operation TEXT, cd_time TEXT);
CREATE INDEX accept_guid ON up_pro_accept (row_guid);
CREATE INDEX accept_time ON up_pro_accept (cd_time);
CREATE TABLE up_pro_process (row_guid TEXT, project_no TEXT, process_name TEXT, event_name TEXT, event_start_time TEXT,
    event_end_time TEXT, handle_user_name TEXT, handle_explain TEXT, cd_operation TEXT, cd_time TEXT);
CREATE INDEX process_guid ON up_pro_process (row_guid);
CREATE INDEX process_time ON up_pro_process (cd_time);
CREATE TABLE up_pro_special_procedure (row_guid TEXT, project_no TEXT, special_type TEXT, special_name TEXT,
    special_time TEXT, special_reason TEXT, handle_user TEXT, end_time TEXT, result TEXT, cd_operation TEXT, cd_time TEXT);
CREATE INDEX special_guid ON up_pro_special_procedure (row_guid);
CREATE INDEX special_time_of ON up_pro_special_procedure (cd_time);
CREATE TABLE up_pro_result (row_guid TEXT, project_no TEXT, result_type TEXT, result_date TEXT, result_explain TEXT,
    handle_user_name TEXT, cd_operation TEXT, cd_time TEXT);
CREATE INDEX result_guid ON up_pro_result (row_guid);
CREATE INDEX result_time ON up_pro_result (cd_time);
CREATE TABLE up_pro_material (row_guid TEXT, project_no TEXT, material_name TEXT, get_type TEXT, get_num TEXT);

INSERT INTO up_pro_accept VALUES
    ('a1', 'P-1', 'I20', 'U1', '2011-10-08 09:30:00', '20111008T100000', '2011-10-21', '张三', 'I', '2011-10-08 10:01:00'),
    ('a2', 'P-2', 'I20', 'U1', NULL, '2011-10-09 10:00:00', NULL, '张三', 'I', '2011-10-09 10:01:00'),
    ('a3', 'P-3', 'I20', 'U1', NULL, '2011-10-09 11:00:00', NULL, '张三', 'I', '2011-10-09 11:01:00');
INSERT INTO up_pro_process VALUES
    ('s1', 'P-1', '补正告知', '2', '2011-10-09 09:00:00', '2011-10-09 09:00:00', '张三', '缺图纸', 'I', '2011-10-09 09:01:00'),
    ('s2', 'P-1', '审查', '4', '2011-10-10 08:00:00', '2011-10-10 08:30:00', '李四', '待定', 'I', '2011-10-10 08:31:00'),
    ('s2', 'P-1', '审查', '4', '2011-10-10 08:00:00', '2011-10-10 09:00:00', '李四', '同意', 'U', '2011-10-10 09:01:00'),
    ('s3', 'P-2', '审查', '4', NULL, '', '李四', '', 'I', '2011-10-10 09:01:00');
INSERT INTO up_pro_special_procedure VALUES
    ('t1', 'P-1', '2', '专家评审', '2011-10-11 09:00:00', '特告〔2011〕26号', '王局长', '2011-10-14 09:00:00', '通过', 'I',
     '2011-10-14 09:01:00');
INSERT INTO up_pro_result VALUES
    ('r1', 'P-1', '0', '2011-10-18 16:00:00', '准予许可', '赵局长', 'I', '2011-10-18 16:01:00'),
    ('r3', 'P-3', '7', '2011-10-12 16:00:00', '不予许可', '赵局长', 'I', '2011-10-12 16:01:00');
