# 全部文字。键与变量须与 en.ftl 一致，由测试核对。格式见 projectfluent.org。

## list: what stands between the parts of a list

list-comma = 、
list-clause = ，
list-space = {" "}
list-items = 、
list-and_more = { $items }等
list-semicolon = ；
list-comma_and_more = { $items }等
list-and_others = { $items }等
list-gap = {" "}{" "}

## days: days as a letter writes them

date-this_year = { $month }月{ $day }日
date-year = { $year }年{ $month }月{ $day }日
date-month = { $year }年{ $month }月
date-days = { $from }至{ $to }
date-days_of_year = { $from }至{ $month }月{ $day }日
date-days_of_month = { $from }至{ $day }日
days-timed = { $day }{ $time }
days-before = { $day }（含当日）前
days-before_hour = { $at }前

## column: headings of lists

column-card = 牌
column-open = 未结
column-cases_highest = 办件（最高牌）
column-coverage = 覆盖率
column-share = 分子/分母
column-percent = %
column-data_source = 数据源
column-state = 状态
column-last_read = 最近读取
column-newest = 最新记录
column-complete_until = 完整至
column-message = 说明
column-day = 日期
column-measure = 指标
column-measured = 对象
column-numerator = 分子
column-denominator = 分母
column-percent_before = 上次 %
column-unknown = 不明
column-definition = 口径
column-item_code = 事项编码
column-item = 事项
column-unit = 单位
column-reason = 原因
column-last_trace = 最近痕迹
column-state_before = 原状态
column-state_after = 现状态
column-one_list = 名册一
column-other_list = 名册二
column-from = 起
column-to = 止
column-on_one = 件数一
column-on_other = 件数二
column-on_both = 两者皆有
column-all_cases = 估计总数
column-at_least = 下限 95%
column-at_most = 上限 95%
column-known = 系统内办件
column-covered = 覆盖 %
column-law_rule = 编号
column-law = 法律法规
column-article = 条款
column-step = 应办事项
column-limit = 时限
column-keeper = 遵守者
column-valid_from = 施行
column-valid_to = 至
column-finding = 编号
column-standing = 状态
column-case = 办件编号
column-rule = 监察点
column-clock = 计时
column-due = 到期
column-raised = 发现于
column-why = 原因
column-at = 时间
column-event = 事件
column-by = 经手人
column-remark = 说明
column-when = 时间
column-recipient = 收件人
column-address = 邮箱
column-what = 内容
column-compared = 对照
column-replayed = 回放
column-new = 新增
column-gone = 消失
column-source = 来源
column-silence = 编号
column-until = 至
column-set_by = 设立人
column-ended_early = 提前结束
column-hidden = 隐去
column-letter = 编号
column-subject = 主题
column-written = 写于
column-tries = 次数
column-next_try = 下次
column-last_outcome = 上次结果
column-ended = 办结
column-lot = 签号
column-red = 红牌
column-yellow = 黄牌
column-notice = 提示
column-clock_or_rule = 计时或监察点
column-now = 现行
column-then = 变动后

## alert

alert-subject_none = 【{ $cards }】{ $count }{ $what }{ $worst }
alert-subject_one = 【{ $cards }】{ $unit } { $count }{ $what }{ $worst }
alert-subject_many = 【{ $cards }】{ $units } 个单位 { $count }{ $what }{ $worst }
alert-cases = { $count } 件
alert-and_revoked = ，另撤销 { $count }
alert-worst = （最长超 { $late }）
alert-what_late = 超时限
alert-what_statutory = 超法定时限
alert-what_notice = 临近时限
alert-what_other = 需核查
alert-what_referred = 数据差错影响超期认定
alert-what_mixed = 需处理
alert-what_revoked = 撤销
alert-what_calendar = 工作日历即将用尽
alert-what_source = 数据源中断
alert-what_suspect = 数据源存疑
alert-what_unseen = 未读期间到期，待核查
alert-calendar_subject = 【系统提示】工作日历即将用尽
alert-source_subject = 【系统提示】数据源“{ $name }”中断
alert-suspect_subject = 【系统提示】数据源“{ $name }”存疑，其办件暂不判定
alert-unseen_subject = 【待审核】数据源“{ $name }”未读期间到期的办件，请核查
alert-greeting = { $name }：
alert-folded_twice = 本次共{ $count }件，以下列出最紧要的{ $shown }件，附件列出最紧要的{ $listed }件；全部清单可向系统管理员索取。
alert-folded = 本次共{ $count }件，以下列出最紧要的{ $shown }件，完整清单见附件。
alert-briefly = 本次共{ $count }件，各件的依据和计时见附件。
alert-attachment = 监察清单-{ $day }.xlsx
alert-list = 监察清单
alert-day_by_day = 逐日计时
alert-day_one = { $days }：{ $what }
alert-day_two = { $days }：{ $nature }，{ $what }
alert-day = 日期
alert-case = 办件编号
alert-item = 事项
alert-unit = 单位
alert-started = 起算日
alert-limit = 时限
alert-basis = 依据
alert-due = 到期日
alert-state = 情况
alert-count = 计时
alert-todo = 办理要求
alert-colon = ：
alert-semicolon = ；
alert-stop = 。
alert-mark_begin = 【
alert-mark_end = 】
alert-card = 牌
alert-rule = 监察点
alert-also = 另：{ $words }
alert-also_todo = 另就“{ $name }”：{ $todo }
alert-counting = { $started }起算，次日为第1日；其间休息日{ $rest }天不计{ $makeup }{ $parts }；{ $due }到期。
alert-counting_plain = { $started }起算{ $parts }，{ $due }到期。
alert-left_out_special = ；特别程序{ $from }{ $to }{ $days }不计
alert-left_out_correction = ；补正{ $from }{ $to }{ $days }不计
alert-left_out_to = 至{ $to }
alert-left_out_open = 起尚未结束
alert-left_out_days = ，共{ $days }
alert-extended_by = ；延长{ $by }
alert-in_all = ，合计{ $total }
alert-working_days = { $count }个工作日
alert-days = { $count }日
alert-makeup = ，调休上班{ $days }天计入
alert-revoked_todo = 原{ $card }已撤销，不计入统计，无需处理。
alert-together_todo = 请会同数据来源单位查明是来源系统、导出还是字段映射的问题，并督促改正。数量未减少前不再逐件发信：每日摘要列出件数，`jianchad findings --open --rule data-fault` 可查全部。
alert-revoked_todo_in_place = 该{ $card }此前告知的是原收件人，现已撤销，不计入统计，无需处理。
alert-moved_mark = { $card } 到期日变更
alert-moved_unit_mark = { $card } 承办单位变更
alert-grown_mark = { $card } 情形扩大
alert-referred_mark = { $card } 数据差错影响超期认定
alert-reminded_mark = { $card } 催办
alert-unanswered_mark = { $card } 提级告知
alert-ordered_mark = { $card } 督办
alert-upheld_mark = { $card } 核定维持
alert-silenced = 静默期间（至{ $until }）未告知，现予告知
alert-clock_was_ahead = 本系统时钟此前有误，一度显示为{ $until }，现已校准；其间作出的提示和监察牌已重新研判，不成立的在此撤销。
alert-found_late = 系统自{ $since }起曾停止运行，下列情况为恢复后补查，发现晚于发生。
alert-what_refused = 邮箱拒收
alert-refused_subject = 【系统提示】邮箱{ $name }拒收监察邮件
alert-what_unmapped = 代码未映射
alert-unmapped_subject = 【系统提示】有未映射的代码：{ $name }
alert-what_stopped = 计时停用
alert-stopped_subject = 【系统提示】计时停用：{ $name }
alert-what_ledger = 新台账启用
alert-what_replaced = 台账更换
alert-replaced_subject = 【系统提示】监察台账已更换，请核对
alert-ledger_subject = 【系统提示】新的监察台账启用
alert-what_unanswered = 待反馈
alert-said_by = { $words }（经办人：{ $by }）
alert-upheld_todo = 经监察人员核定，{ $card }予以维持。
alert-revoked_mark = 撤销{ $card }
alert-answer_how = 反馈方式：直接回复本邮件，写明办件编号和原因，由监察人员登记。
alert-answer_how_supervisor = 单位的书面反馈，请审核后转系统管理员登记；决定督办、维持或者撤销的，一并告知系统管理员登记。逐日计时明细可向系统管理员索取。
alert-appeal_how_by = 申诉方式：对监察牌有异议的，于{ $due }同样回复并附佐证，登记后发给回执；申诉待决期间反馈期限中止，维持的自告知之日起重新计算。
alert-appeal_how = 申诉方式：对监察牌有异议的，在各件的反馈期限内同样回复并附佐证，登记后发给回执；申诉待决期间反馈期限中止，维持的自告知之日起重新计算。
alert-explain_how = 逐日计时可作申诉附件。
alert-answer_rests_unit = 申诉待决期间，反馈期限中止。
alert-answer_rests_supervisor = 该单位的申诉待决，其间反馈期限中止。
alert-table = 发牌标准：{ $table }。
alert-signature = { $office }
alert-comrade = { $name }同志
alert-lead_unit = 截至{ $as_of }，下列办件请予办理。
alert-lead_elsewhere_unit = 截至{ $as_of }，下列办件已移交其他单位办理，请说明有关情况。
alert-lead_supervisor = 现将截至{ $as_of }的超时限办件及需核查事项通报如下，请督促办理。
alert-lead_together = 截至{ $as_of }，同一数据源有多件超期或者临近到期的办件记录有差错，现一并告知。
alert-lead_asked_unit = 截至{ $as_of }，下列监察牌待监察人员核定，特此告知。
alert-lead_asked_supervisor = 截至{ $as_of }，下列监察牌是否撤销，请核定。
alert-lead_admin = 截至{ $as_of }，下列监察事项没有其他可告知的人员，或按规定告知系统管理员，请转告有关人员。
alert-lead_own = 截至{ $as_of }，系统运行有下列事项需要处理。
alert-lead_revoked = 截至{ $as_of }，下列牌已经撤销，特此告知。
alert-why_begun = { $started }起算，
alert-why_limit = { $name }{ $limit }，{ $due }到期，
alert-why_same_day = { $name }为当日办结，
alert-why_open = { $open }
alert-why_overdue = { $open }，已超期{ $late }
alert-why_ended = { $stopped }{ $done }，超期{ $late }
alert-why_gone = 现已了结
alert-why_provisional = （该年度放假安排尚未公布，日期暂定）
alert-why_revoked = 撤销理由：{ $words }
alert-note_revoked = 撤销理由：{ $words }（经办人：{ $by }）
alert-note_ordered = 督办要求：{ $words }（经办人：{ $by }）
alert-note_upheld = 维持理由：{ $words }（经办人：{ $by }）
alert-own_mark = 系统提示
alert-unseen_mark = 待审核
alert-subject_source = 数据源“{ $name }”
alert-subject_calendar = 工作日历
alert-subject_ledger = 监察台账
alert-what_overdue = 逾期未反馈
alert-reminded_over_mark = { $card } 催办（逾期未反馈）
alert-unanswered_over_mark = { $card } 逾期未反馈，提级告知
alert-answer_unit = 请于{ $answer }书面反馈。
alert-answer_supervisor = 该单位应于{ $answer }书面反馈。
alert-answer_within_unit = 请于收到后{ $within }内书面反馈。
alert-answer_within_supervisor = 该单位应于收到后{ $within }内书面反馈。
alert-answer_over_unit = 原定{ $due }前反馈，已逾期{ $late }，请于收到之日反馈。
alert-answer_over_supervisor = 该单位原定{ $due }前反馈，已逾期{ $late }，请督促其于收到之日反馈。
alert-ordered_unit = 请按督办要求于{ $order }办结；逾期未办结的，升为红牌。
alert-ordered_supervisor = 请督促该单位按督办要求于{ $order }办结，并核实办结情况；逾期未办结的，升为红牌。
alert-ordered_other_unit = 请按督办要求于{ $order }整改到位；逾期未整改的，升为红牌。
alert-ordered_other_supervisor = 请督促该单位按督办要求于{ $order }整改到位，并核实整改情况；逾期未整改的，升为红牌。
alert-order_failed = 督办要求{ $order }办结，未按期办结。
alert-ordered_elsewhere_unit = 该件已移交{ $holder }，督办要求由{ $holder }于{ $order }{ $act }，请予配合；逾期未办的，该牌升为红牌。
alert-ordered_elsewhere_holder = 该件现由贵单位办理，请按督办要求于{ $order }{ $act }；移交前的超期由{ $unit }承担。
alert-ordered_elsewhere_supervisor = 该件已移交{ $holder }，请督促{ $holder }按督办要求于{ $order }{ $act }，并核实办理情况；逾期未办的，{ $unit }的该牌升为红牌。
alert-order_over_elsewhere_unit = 督办期限（{ $order }）已过；该件已移交{ $holder }，请予配合，并书面说明情况。
alert-order_over_elsewhere_supervisor = 督办期限（{ $order }）已过；该件已移交{ $holder }，请督促{ $holder }立即落实，并核实结果。
alert-order_passed_on_unit = 该件另有督办要求，应于{ $order }落实。
alert-order_passed_on_supervisor = 该件另有督办要求，请督促现承办单位于{ $order }落实。
alert-elsewhere_unit = 该件已移交{ $holder }，需在系统中补录、更正的，请会同该单位办理。
alert-elsewhere_supervisor = 该件已移交{ $holder }，需其补录、更正的，请一并督促。
alert-order_over_unit = 督办期限（{ $order }）已过，请立即落实并书面报告结果。
alert-order_over_supervisor = 督办期限（{ $order }）已过，请督促该单位立即落实，并核实结果。
alert-gone_unit = 该情形现已消除，请说明原因。
alert-gone_supervisor = 该情形现已消除，请审核该单位的说明。
alert-retired_unit = 请核实上述情况并作出说明。
alert-retired_supervisor = 请核实上述情况，必要时责成该单位说明。
alert-table_version = 发牌标准：{ $table }；规则版本{ $policy }。
alert-contested_unit = 该{ $card }是否撤销，待监察人员核定；核定之前照常计入。
alert-contested_supervisor = 请核对上述前后记录和录入时间，{ $by }决定撤销或者维持该{ $card }，由系统管理员登记；决定之前照常计入。
alert-appealed_unit = 申诉已转监察人员决定；决定之前照常计入。
alert-appealed_supervisor = 请核对申诉理由和计时，{ $by }决定撤销或者维持该{ $card }，由系统管理员登记；决定之前照常计入。
alert-decide_by = 于{ $due }
alert-decide_within = 于收到后{ $within }内
alert-decide_over = 于收到之日（原定{ $due }前决定，已逾期{ $late }）
alert-in_question = 该{ $card }待核撤：是否撤销，待监察人员核定；核定之前照常计入。
alert-contested_mark = { $card } 待核撤
alert-contested_reminded_mark = { $card } 待核撤催办
alert-contested_unanswered_mark = { $card } 待核撤逾期未决定，提级告知
alert-appealed_mark = { $card } 申诉待决定
alert-appealed_reminded_mark = { $card } 申诉待决定催办
alert-appealed_unanswered_mark = { $card } 申诉逾期未决定，提级告知
alert-what_contested = 待核撤
alert-what_appealed = 申诉待决定
alert-what_undecided = 逾期未决定
alert-note_appealed = 申诉理由：{ $words }（登记人：{ $by }）
alert-why_contested = { $told }告知之后录入的记录使该{ $card }不再成立或者不再由该单位承担，是否撤销须经监察人员核定。
alert-why_given = 告知时{ $words }；经核定维持
alert-why_upheld = 该{ $card }曾于{ $at }核定维持，此后又有录入。
alert-rests_started = 原起算时间
alert-rests_due = 原到期日
alert-rests_count = 原计时
alert-rests_counted = { $started }起算，次日为第1日；其间休息日{ $rest }天不计{ $makeup }{ $parts }；计满{ $days }个工作日，{ $due }到期{ $late }。
alert-rests_plain = { $started }起算{ $parts }，{ $due }到期{ $late }。
alert-rests_late = ；告知时已超期{ $late }
alert-told_at = 告知时间
alert-record_then = 告知时的记录
alert-record_now = 现有记录
alert-record = { $words }，{ $entry }
alert-record_none = 无此记录
alert-record_gone = 已删去，{ $entry }
alert-record_gives = 由此得出
alert-found = 发现时间
alert-no_unit = 不属于具体单位的事项
alert-unit_unknown = 单位不明（数据源“{ $source }”）
alert-holder = 移交后承办单位
alert-handed_mark = 移交
alert-what_handed = 移交办理
alert-act_finish = 办结
alert-act_answer = 答复申请人
alert-act_decide = 作出决定
alert-act_deliver = 送达有关证件或者文书
alert-act_accept = 作出受理或者不予受理的决定
alert-act_ask = 一次告知补正
alert-act_ask_or_accept = 一次告知补正，或者作出受理、不予受理的决定
alert-act_special = 结束特别程序并补录结束时间
alert-act_forward = 转报
alert-act_stage = 办理“{ $name }”环节
alert-act_other = 办理“{ $name }”
alert-ordered_act_unit = 请按督办要求于{ $order }{ $act }；逾期未办的，升为红牌。
alert-ordered_act_supervisor = 请督促该单位按督办要求于{ $order }{ $act }，并核实办理情况；逾期未办的，升为红牌。
alert-order_failed_act = 督办要求{ $order }{ $act }，未按期办理。
# 各监察点的办理要求：单位。

## todo_unit

todo_unit-time-limit = 请立即办结，并说明超期原因。
todo_unit-time-limit-near = 请于{ $due }{ $act }；确需延期的，应当在到期前办理延期审批并告知申请人。
todo_unit-time-limit-ended = 该件已经办结，请说明超期原因；对计时有异议的，可同时提出申诉并附佐证。
todo_unit-time-limit-undated = 请尽快办结；到期日以恢复计时后的日期为准。
todo_unit-time-limit-elsewhere = 该件已移交{ $holder }，贵单位无需继续办理，请说明超期原因；对计时有异议的，可同时提出申诉并附佐证。
todo_unit-time-limit-elsewhere-near = 该件已移交{ $holder }，贵单位无需继续办理。
todo_unit-time-limit-act = 请立即{ $act }，并说明超期原因。
todo_unit-time-limit-act-near = 请于{ $due }{ $act }。
todo_unit-time-limit-deemed = 该件逾期未告知，依法已视为受理，请在办理时限内作出决定，并说明逾期未告知的原因。
todo_unit-time-limit-act-ended = 该项已经办理，请说明超期原因；对计时有异议的，可同时提出申诉并附佐证。
todo_unit-time-limit-act-undated = 请尽快{ $act }；到期日以恢复计时后的日期为准。
todo_unit-missing-step = 请核实该环节是否实际办理；已办理的，请在系统中补录并注明原因。
todo_unit-wrong-order = 请核对各环节的办理时间；录入有误的，请更正，确属倒序办理的，请说明理由。
todo_unit-late-entry = 请在办理当时录入；本件请说明补录的原因。
todo_unit-backdated-entry = 请核实该记录实际的录入时间；系统自动生成的时间不得改动，确有差错的，书面说明并更正。
todo_unit-entered-together = 请说明各环节集中录入的原因，今后随办随录。
todo_unit-entered-ahead = 请说明该记录早于所载时间录入的原因；今后事项发生后再行录入，日期有误的及时更正。
todo_unit-seen-finished = 请说明该件办结后才录入系统的原因，今后收件即录。
todo_unit-off-hours-entry = 请说明非工作时间录入的原因和录入人员。
todo_unit-one-person = 请核对各环节经办人；确由一人办理的，请说明分工安排。
todo_unit-second-correction = 补正应当一次告知；请说明再次告知的理由。
todo_unit-special-misuse = 请补充特别程序的依据、期限和告知文书；依据不足的，请恢复计时。
todo_unit-special-unpaired = 请核对并更正特别程序的起止记录；更正前，该特别程序不予扣除。
todo_unit-step-due-done = 请说明该环节逾期原因。
todo_unit-step-due = 请说明该环节逾期原因，尽快办理该环节。
todo_unit-special-excess = 请尽快终结特别程序并继续办理；超出扣除上限的时间继续计入时限。
todo_unit-special-excess-elsewhere = 请说明特别程序超出扣除上限的原因；该件已移交{ $holder }，由其终结特别程序并继续办理。
todo_unit-extension-misuse = 请说明延期的依据和批准情况；不合规定的延期不计入时限，请于{ $due }{ $act }。
todo_unit-extension-misuse-elsewhere = 请说明延期的依据和批准情况；不合规定的延期不计入时限，该件已移交{ $holder }，由其于{ $due }{ $act }。
todo_unit-extension-misuse-undated = 请说明延期的依据和批准情况；不合规定的延期不计入时限。
todo_unit-dummy-values = 请据实补填该项内容。
todo_unit-bare-refusal = 请补充说明理由，并告知申请人依法享有的救济途径。
todo_unit-withdrawn-at-limit = 请说明临近到期退回、撤回或者受理后又不予受理的原因，并附申请人的撤回材料或者不予受理的文书。
todo_unit-refiled = 请说明撤回后重新申报的原因；同一申请请按原受理时间办理。
todo_unit-changed-after-fact = 请说明修改记录的原因、时间和批准人。
todo_unit-vanished-record = 请说明记录消失的原因；误删的，请恢复。删除记录不停止计时，超期照常发牌。
todo_unit-fee = 请核对收费依据；多收的，请退还；少收或减免的，请注明依据。
todo_unit-expired-item = 该事项已不在有效期，请停止受理，已受理的依法处理并告知申请人。
todo_unit-required-field = 请补填必填项。
todo_unit-too-fast = 请核对受理和办结时间；确属快速办结的，请说明办理过程。
todo_unit-entry-burst = 请说明集中录入的原因，今后随办随录。
todo_unit-copied-reason = 请逐件写明具体理由。
todo_unit-last-day-heap = 请均衡安排办理进度，不得一概拖至到期当日。
todo_unit-number-gap = 请说明缺号办件的去向；作废的，请提供登记。
todo_unit-met-unseen = 请说明未读期间录入有关记录的时间，并提供审批系统日志、纸质签收等。
todo_unit-off-system = 请核实该业务是否已受理；未录入系统的，请立即补录并说明原因。
todo_unit-silent-item = 请说明该事项近期无办件的原因；在系统外办理的，请立即纳入。
todo_unit-silent-unit = 请说明本单位近期无办件的原因，并检查录入是否正常。
todo_unit-silent-source = 请检查该系统的业务数据是否正常产生和交换。
todo_unit-handed-over = 请接续办理，并于{ $due }{ $act }；其他单位承办期间的超期不由贵单位承担。
todo_unit-handed-over-undated = 请接续办理，尽快办结；其他单位承办期间的超期不由贵单位承担。
todo_unit-deemed-granted = 依法已视为准予，请按准予的结果办理并送达；另作决定的，请说明依据。
todo_unit-deemed-granted-elsewhere = 依法已视为准予；该件已移交{ $holder }，由其按准予的结果办理并送达，请说明逾期未作决定的原因。
todo_unit-doubtful-fact = 请按上述说明在系统中补录；补录后即按无疑义的日期计算。
todo_unit-data-fault = 请核对并更正系统中的记录；更正前按其余记录计时，超期照常发牌。
todo_unit-data-fault-stopped = 请核对并更正系统中的记录。
todo_unit-data-fault-uncounted = 请核对并更正系统中的记录；该件更正前无法计时。
todo_unit-source-dark = 请配合系统管理员恢复数据源。
todo_unit-source-suspect = 请会同系统管理员核对该数据源是否指向原数据库、是否换成备份。
todo_unit-calendar-ends = 请留意涉及下一年度的到期日均为暂定。
todo_unit-unmapped-code = 请留意有关记录暂不能读取，已转系统管理员处理。
todo_unit-clock-stopped = 请留意该项计时已停用，办件时限以目录为准。
todo_unit-ledger-replaced = 请留意监察台账已更换，此前的监察牌以原台账为准。
todo_unit-ledger-begun = 请留意监察台账已另行启用，此前的监察牌以原台账为准。
todo_unit-mail-refused = 请更正本人邮箱并告知系统管理员。
# 各监察点的办理要求：监察人员、分管领导，以及无人可告知时的系统管理员。

## todo_supervisor

todo_supervisor-time-limit = 请督促该单位立即办结，并责成其说明超期原因。
todo_supervisor-time-limit-near = 请提醒该单位于{ $due }{ $act }；拟延期的，请核实是否在到期前办理延期审批。
todo_supervisor-time-limit-ended = 该件已经办结，请审核该单位说明的超期原因；有申诉的，请予复核。
todo_supervisor-time-limit-undated = 请关注该件恢复计时后的到期日，督促按期办结。
todo_supervisor-time-limit-elsewhere = 该件已移交{ $holder }，请督促{ $holder }尽快{ $act }；超期由{ $unit }承担，请审核{ $unit }说明的超期原因。
todo_supervisor-time-limit-elsewhere-near = 该件已移交{ $holder }，请提醒{ $holder }按期{ $act }。
todo_supervisor-time-limit-act = 请督促该单位立即{ $act }，并责成其说明超期原因。
todo_supervisor-time-limit-act-near = 请提醒该单位于{ $due }{ $act }。
todo_supervisor-time-limit-deemed = 该件逾期未告知，依法已视为受理，请督促该单位在办理时限内作出决定，并责成其说明逾期未告知的原因。
todo_supervisor-time-limit-act-ended = 该项已经办理，请审核该单位说明的超期原因；有申诉的，请予复核。
todo_supervisor-time-limit-act-undated = 请关注恢复计时后的到期日，督促该单位按期{ $act }。
todo_supervisor-missing-step = 请核实该单位是否跳过该环节；未实际办理的，督促其补办。
todo_supervisor-wrong-order = 请核实环节倒序的原因，属违反程序的，督促该单位纠正。
todo_supervisor-late-entry = 请核实该单位是否先办理后补录，督促其实时录入。
todo_supervisor-backdated-entry = 请核实录入时间是否人为填写，必要时调取该系统的操作日志；查实后决定是否发出。
todo_supervisor-entered-together = 请抽查该件的纸质材料，核实各环节是否逐一办理。
todo_supervisor-entered-ahead = 请核对审批系统日志、纸质签收，核实实际办理时间；仅系日期误填的，督促更正记录。
todo_supervisor-seen-finished = 请核实该件是否在系统外办理，督促该单位收件即录入。
todo_supervisor-off-hours-entry = 请核实非工作时间录入人员及其权限。
todo_supervisor-one-person = 请核实承办、审核、批准是否由一人包办，督促该单位落实岗位分离。
todo_supervisor-second-correction = 请核实再次要求补正是否必要，督促该单位落实一次告知。
todo_supervisor-special-misuse = 请审核该特别程序的依据和期限，依据不足的，责令恢复计时。
todo_supervisor-special-unpaired = 请核实特别程序的起止时间，督促该单位更正记录。
todo_supervisor-step-due-done = 请核实该环节逾期的原因。
todo_supervisor-step-due = 请督促该单位按期办理各环节。
todo_supervisor-special-excess = 请核实特别程序超出扣除上限的原因，督促该单位继续办理。
todo_supervisor-special-excess-elsewhere = 请核实特别程序超出扣除上限的原因；该件已移交{ $holder }，请督促{ $holder }终结特别程序并继续办理。
todo_supervisor-extension-misuse = 请审核该延期的依据、期限和批准手续，违规延期的，责令纠正，并督促该单位于{ $due }{ $act }。
todo_supervisor-extension-misuse-elsewhere = 请审核该延期的依据、期限和批准手续，违规延期的，责令纠正；该件已移交{ $holder }，请督促{ $holder }于{ $due }{ $act }。
todo_supervisor-extension-misuse-undated = 请审核该延期的依据、期限和批准手续，违规延期的，责令纠正。
todo_supervisor-dummy-values = 请督促该单位据实填写，并抽查同类记录。
todo_supervisor-bare-refusal = 请核实该单位是否已向申请人说明理由，未说明的，责令补正。
todo_supervisor-withdrawn-at-limit = 请向申请人核实撤回是否自愿、不予受理是否告知，防止以退件规避时限。
todo_supervisor-refiled = 请比对前后两件，核实是否借重新申报另起时限。
todo_supervisor-changed-after-fact = 请核对修改前后的内容，核实是否为规避监察而改动。
todo_supervisor-vanished-record = 请责成该单位和系统管理员查明记录去向；核实属依规删除的，请撤销本项，该记录即不再计入。
todo_supervisor-fee = 请核实收费票据与收费标准，督促该单位退还多收款项。
todo_supervisor-expired-item = 请核实该单位仍受理失效事项的原因，督促其清理并更新事项目录。
todo_supervisor-required-field = 请督促该单位补填必填项，完善收件登记。
todo_supervisor-too-fast = 请抽查该件材料，核实是否先办理后录入或未经实质审查。
todo_supervisor-entry-burst = 请核实集中录入人员及所涉办件，抽查其办理过程。
todo_supervisor-copied-reason = 请抽查所涉办件，核实理由是否属实、是否千件一面。
todo_supervisor-last-day-heap = 请了解该单位办件积压情况，督促其提速。
todo_supervisor-number-gap = 请核查缺号办件是否在系统外办理或被删除。
todo_supervisor-met-unseen = 请核对审批系统日志、纸质签收，确认这些记录是否当时所录；全部清单可向系统管理员索取，审核结果请一并告知登记。
todo_supervisor-off-system = 请核查是否存在体外循环，督促该单位全部纳入系统办理。
todo_supervisor-silent-item = 请核实该事项是否停办或转入系统外办理。
todo_supervisor-silent-unit = 请到该单位窗口实地查看，核实是否停止使用系统。
todo_supervisor-silent-source = 请责成系统管理员核查该数据源是否漏传数据。
todo_supervisor-handed-over = 请核实移交手续是否齐全，督促现承办单位于{ $due }{ $act }。
todo_supervisor-handed-over-undated = 请核实移交手续是否齐全，督促现承办单位尽快办结。
todo_supervisor-deemed-granted = 请督促该单位按视为准予的结果办理并送达，另作决定的，审核其依据。
todo_supervisor-deemed-granted-elsewhere = 依法已视为准予；该件已移交{ $holder }，请督促{ $holder }按准予的结果办理并送达，并审核{ $unit }说明的逾期原因。
todo_supervisor-doubtful-fact = 请核实所缺的文书或批准是否存在，督促该单位补录。
todo_supervisor-data-fault = 请督促该单位更正记录，必要时调阅纸质材料核对；更正前按其余记录计时。
todo_supervisor-data-fault-stopped = 请督促该单位更正记录，必要时调阅纸质材料核对。
todo_supervisor-data-fault-uncounted = 请督促该单位更正记录，必要时调阅纸质材料核对；该件更正前无法计时。
todo_supervisor-source-dark = 请检查该数据源；恢复前，因此暂缓的办件不因时间推移新增监察牌，原有监察事项不会因此消除。
todo_supervisor-source-suspect = 请核对该数据源是否指向原数据库、是否换成较早的备份，有无记录被删除。恢复原状后自动解除；确属如此的，执行 `jianchad source accept 数据源 --by 姓名 --why 理由`，查不到的办件随即按“记录消失”逐件认定。
todo_supervisor-calendar-ends = 请在放假通知公布后将该年安排补入日历；在此之前，涉及该年的到期日一律标为暂定。
todo_supervisor-unmapped-code = 请查明该代码的含义，补入该数据源的 codes（办理结果补入 outcomes）后重新加载配置，有关记录将自动重新读取；如属录入有误，请转告该单位更正。
todo_supervisor-clock-stopped = 请核对近期对配置、事项目录和数据源的改动。如系误改，请改回；如属有意停用，无需处理。
todo_supervisor-ledger-replaced = 请会同系统管理员核对台账是否有意更换或者恢复备份。如非有意，请停止服务并恢复原台账，原台账所记的监察牌和核定不在现用台账中。
todo_supervisor-ledger-begun = 请核对是否有意启用新台账。如系首次安装，无需处理；如非有意，请将配置中的 ledger 改回原路径并重新加载，原台账所记的监察牌和核定结论随即恢复有效。
todo_supervisor-mail-refused = 系统不再向该邮箱发送邮件，其邮件改送代办人或系统管理员。请核对通讯录；更正后执行 `jianchad mail retry --address 邮箱`。
# 系统管理员自己办理的。

## todo_admin

todo_admin-vanished-record = 请查明记录去向，并转告该单位和监察人员。
todo_admin-silent-source = 请核查该数据源是否漏传数据。

## digest

digest-subject = 【每日监察】{ $day } 未结红牌 { $red }、黄牌 { $yellow }，事项覆盖率 { $coverage }
digest-lead = 以下为截至{ $as_of }的情况。本邮件每个工作日发送，如未按时收到，请与系统管理员联系。
digest-cards = 未结监察事项
digest-pending = 另有{ $count }件的监察事项待审核后发出。
digest-contested = 另有{ $count }件的牌待核撤：告知之后录入的记录使其不再成立，须经监察人员核定，核定之前照常计入。
digest-appealed = 另有{ $count }件申诉待决定。
digest-no_cards = 目前没有未结的红牌、黄牌和提示。
digest-units = 各单位情况
digest-unit = 单位
digest-red = 红牌
digest-yellow = 黄牌
digest-notice = 提示
digest-open = 未结
digest-revoked = 撤销
digest-total = 合计
digest-coverage = 覆盖率
digest-measure = 指标
digest-share = 分子/分母
digest-percent = 比率
digest-change = 变化
digest-points = { $points } 个百分点
digest-missing = 未接入{ $unconnected }项，静默{ $silent }项，经批准豁免{ $exempt }项，非办理季节{ $out_of_season }项；另有不在有效期的{ $out_of_force }项，不计入覆盖率。
digest-silent = 静默事项（曾有痕迹，近期没有）
digest-last_trace = 最近痕迹 { $day }
digest-unknown = （另有{ $count }条无法核实）
digest-month = 本期（{ $period }）与上月同期对比
digest-pending_all = 待审核的监察事项（{ $count }项）：尚未告知单位，请决定发出或者不予发出，交系统管理员录入
digest-pending_first = 待审核的监察事项（共{ $count }项，以下为{ $shown }项，其余可向系统管理员索取）：尚未告知单位，请决定发出或者不予发出，交系统管理员录入
digest-fallen_all = 发出前即撤的牌（{ $count }张）：自上一工作日起发现，未告知任何人即因其后读到的记录撤销，请酌情核实记录的时间是否属实
digest-fallen_first = 发出前即撤的牌（共{ $count }张，以下为最近的{ $shown }张，其余可向系统管理员索取）：自上一工作日起发现，未告知任何人即因其后读到的记录撤销，请酌情核实记录的时间是否属实
digest-in_the_way_all = 数据差错影响超期认定的办件（{ $count }件）：已超期或者临近到期，更正前按其余记录计时，请督促更正
digest-in_the_way_first = 数据差错影响超期认定的办件（共{ $count }件，以下为牌级最高的{ $shown }件）：已超期或者临近到期，更正前按其余记录计时，请督促更正
digest-unanswered = 逾期未反馈的红黄牌{ $count }张，名单见下。
warning-waits = 监察规则有改动，待确认生效；确认前仍按原规则监察。如生效（{ $as_of }推算）：{ $would }。
warning-waits_unjudged = 监察规则有改动，待确认生效；确认前暂停研判，仅读取记录。如生效（{ $as_of }推算）：{ $would }。
warning-silence = 静默生效：{ $scope }，至 { $until }（{ $by }：{ $why }），已暂不告知 { $hidden } 条
warning-page = 自有邮件模板无法使用，已改用内置模板（程序提示“{ $fault }”）
warning-refused = 邮箱{ $address }拒收监察邮件，系统不再向该邮箱发送邮件：{ $why }
warning-last_failure = { $address }：{ $why }
warning-unsent = 待发（共 { $count } 封）：{ $to }，{ $subject }
digest-unanswered_all = 逾期未反馈的红黄牌（{ $count }张）
digest-unanswered_first = 逾期未反馈的红黄牌（共{ $count }张，以下为逾期最久的{ $shown }张，其余可向系统管理员索取）
digest-answer_due = 应于{ $due }前反馈
digest-due_soon_all = 未来五个工作日内到期的在办件（{ $count }件）
digest-due_soon_first = 未来五个工作日内到期的在办件（共{ $count }件，以下为最早到期的{ $shown }件，其余可向系统管理员索取）
digest-none_due = 未来五个工作日内没有到期的在办件。
digest-red_cards_all = 未结红牌（{ $count }件）
digest-red_cards_first = 未结红牌（共{ $count }件，以下为超期最久的{ $shown }件，其余可向系统管理员索取）
digest-red_late = { $matter }超期{ $late }
digest-turn_withdrawal = 是否撤销待监察人员核定
digest-turn_objection = 申诉待监察人员决定
digest-turn_ordered = 督办中，待{ $holder }于{ $due }前落实
digest-turn_order_over = 督办期限{ $due }已过，待{ $holder }落实
digest-turn_answer = 待{ $unit }于{ $due }前反馈
digest-turn_answer_over = { $unit }应于{ $due }前反馈，已逾期
digest-turn_finish = 待{ $holder }办结
digest-changed = 覆盖率变化
digest-unchanged = 各项覆盖率与上次相比没有变化。
digest-without_cards_all = 其余{ $count }个单位没有监察牌：{ $names }
digest-without_cards_first = 其余{ $count }个单位没有监察牌：{ $names }等
digest-clocks = 各项计时在办件数
digest-clock = { $name }{ $cases }件
digest-clocks_idle = 无在办件的计时：{ $names }
digest-sources = 数据源
digest-source_ok = 正常
digest-source_unread = 尚未读取
digest-source_dark = 中断
digest-source_incomplete = 不完整
digest-source_overdue = 报送逾期
digest-source_suspect = 存疑，暂不判定
digest-source_removed = 已不在配置中
digest-complete_until = 数据完整至 { $at }
digest-alike = 仅写法不同的办件编号{ $count }组，各自计入：{ $numbers }
digest-held_back = 其后到期而暂不发牌的办件 { $cases } 件
digest-held_since = 有文件读不出，可能涉及的办件自 { $at } 起暂缓判定
digest-last_read = 最近读取 { $at }
digest-newest = 最新记录 { $at }
digest-faults = 数据差错：{ $faults }件办件记录矛盾，相关环节暂不判定，其余环节照常计时。
digest-quarantine = 隔离记录{ $open }条。
digest-letters = 邮件：已发 { $sent } 封，待发 { $queued } 封，被拒 { $refused } 封。
digest-last_failure = 最近一次发送失败：{ $why }
digest-cases = 在册办件 { $all } 件，其中在办 { $open } 件。
digest-without_limit = 目录中未填写任何时限的事项 { $count } 项，只依法律对该类事项的规定计时。
digest-footnote = 各单位按每件办件的最高牌计一次；撤销的牌单列，数据差错不计入单位。

## bulletin

bulletin-subject = 【监察通报】{ $period }行政审批电子监察情况（红牌{ $red }、黄牌{ $yellow }）
bulletin-title_of = 关于{ $period }
bulletin-title_what = 行政审批电子监察情况的通报
bulletin-salutation = 各有关单位：
bulletin-lead = 现将{ $period }行政审批电子监察情况通报如下。
bulletin-head_state = 一、总体情况
bulletin-head_problems = 二、存在的主要问题
bulletin-head_red = 三、红牌办件名单
bulletin-head_required = 四、工作要求
bulletin-head_tables = 附表
bulletin-sentence = { $words }。
bulletin-unsupervised = 本期电子监察尚未启用，没有发牌，本通报只反映收件和办结情况。
bulletin-supervised_from = 电子监察自{ $day }起启用，发牌情况自该日起统计。
bulletin-cards_alone = { $cards }；上期尚未监察，不作比较。
bulletin-coverage_now = 事项覆盖率，{ $figure }。
bulletin-problem = { $rule }：{ $cards }，涉及{ $units }。
bulletin-problem_of_none = { $rule }：{ $cards }。
bulletin-and_more = { $names }等{ $count }个单位
bulletin-no_problems = 本期未发现需要通报的问题。
bulletin-no_problems_unsupervised = 本期电子监察尚未启用，未作检查。
bulletin-number = { $place ->
    [1] （一）
    [2] （二）
    [3] （三）
    [4] （四）
    [5] （五）
    [6] （六）
    [7] （七）
    [8] （八）
    [9] （九）
    [10] （十）
    [11] （十一）
    [12] （十二）
    [13] （十三）
    [14] （十四）
    [15] （十五）
   *[other] （{ $place }）
}
bulletin-red_list = 红牌办件名单
bulletin-red_case = 办件编号
bulletin-red_item = 事项
bulletin-red_matter = 情况
bulletin-red_state = 办理状态
bulletin-red_over = 已办结
bulletin-red_open = 未办结
bulletin-no_red = 本期没有红牌办件。
bulletin-no_red_unsupervised = 本期电子监察尚未启用，没有发牌。
bulletin-require_answer = 红牌、黄牌所涉单位应当逐件查明原因，尚未办结的立即办结，并按期书面反馈。
bulletin-require_record = 各单位应当随办随录、据实录入，及时补录、更正有差错的记录，并说明原因。
bulletin-require_idle = 本期没有收件的单位应当核实业务开展和系统录入情况，不得在系统外受理、办理。
bulletin-require_appeal = 对监察牌有异议的，在反馈期限内提出申诉，并附佐证。
bulletin-require_go_on = 请各单位继续依法按期办理，据实录入。
bulletin-alone = { $what }{ $now }件（上期尚未监察）
bulletin-more = { $what }{ $now }件，比上期（{ $before }件）增加{ $change }件
bulletin-fewer = { $what }{ $now }件，比上期（{ $before }件）减少{ $change }件
bulletin-as_many = { $what }{ $now }件，与上期持平
bulletin-before = 上期合计
bulletin-total = 合计
bulletin-by_unit = 各单位办理与发牌
bulletin-by_outcome = 各单位办理结果
bulletin-granted = 准予
bulletin-refused = 不予许可
bulletin-withheld = 不予公开
bulletin-partly = 部分公开
bulletin-not_held = 不存在
bulletin-elsewhere = 非本机关
bulletin-outcome_unknown = 结果未注明
bulletin-decided = 办结结果：{ $parts }。
bulletin-decided_part = { $what }{ $count }件
bulletin-by_rule = 各监察点发牌
bulletin-unit = 单位
bulletin-rule = 监察点
bulletin-begun = 收件
bulletin-closed = 办结
bulletin-not_accepted = 不予受理
bulletin-withdrawn = 退回撤回
bulletin-notice = 提示
bulletin-yellow = 黄牌
bulletin-red = 红牌
bulletin-revoked = 撤销
bulletin-idle = 已接入审批系统而本期没有收件的单位{ $count }个：{ $names }。
bulletin-coverage = 事项覆盖率走势
bulletin-coverage_on = { $day }：{ $share }%（{ $numerator }/{ $denominator }）
bulletin-moved = 进入或退出监察范围的事项
bulletin-cards = 各单位发牌（红/黄/提示）
bulletin-ages = 期末在办件已历时（自然日）
bulletin-age_10 = 10日以内
bulletin-age_30 = 11至30日
bulletin-age_90 = 31至90日
bulletin-age_more = 90日以上
bulletin-moved_how = 由{ $before }转为{ $after }
bulletin-state_active = 正常
bulletin-state_silent = 静默
bulletin-state_unconnected = 未接入
bulletin-state_exempt = 豁免
bulletin-state_unknown = 不明
bulletin-state_out_of_season = 非办理季节
bulletin-state_out_of_force = 不在有效期
bulletin-state_none = 不在目录
bulletin-attachment = 监察通报-{ $period }.xlsx
bulletin-footnote = 每件办件在本期内按最高牌计一次；撤销的牌单列，不计入红黄牌；数据差错和待审核的不计入单位。单位按名录顺序排列，不作排名。

## ended: that the service ended by failure and runs again

ended-subject = 【系统提示】监察服务曾异常中断，现已恢复运行
ended-panicked = 监察服务于{ $at }因程序自身故障中断。
ended-failed = 监察服务于{ $at }因运行条件不具备而退出。
ended-stood_still = 监察服务自{ $at }起长时间无进展，已由操作系统终止。
ended-killed = { $began }启动的监察服务被外部终止，未留下原因：可能是进程被强制结束，也可能是内存不足。
ended-why = 程序记录的原因：{ $why }
ended-runs_again = 服务已于{ $now }恢复运行。记录、监察牌和邮件均保存在台账中，未完成的工作将自动继续。
ended-untold = 上次通知以后，同一原因又中断{ $untold }次。
ended-panicked_remedy = 处理建议：请将当时的系统日志（journalctl -u jianchad）交程序维护人员分析。
ended-failed_remedy = 处理建议：请按上述原因排除故障，详情见系统日志（journalctl -u jianchad）。
ended-stood_still_remedy = 处理建议：请检查台账所在磁盘是否过慢、共享目录是否无响应（journalctl -u jianchad）。如属正常耗时，请调大服务单元的 WatchdogSec。
ended-killed_remedy = 处理建议：请查明终止原因（journalctl -u jianchad；内存不足见 journalctl -k，可调大服务单元的 MemoryMax）。如系人工终止，无需处理。
ended-once_a_day = 同一原因每日最多通知一次。

## shorter

shorter-without_files = （邮件服务器限制邮件大小，本信未带附件；完整清单可向系统管理员索取，或用 jianchad findings 查看。）
shorter-plain = （邮件服务器限制邮件大小，本信不带附件和版式，清单列在信末。）
shorter-part = （邮件服务器限制邮件大小，本信分几封发送，此为其中一封，各封合起来完整。）
shorter-attached = 附件“{ $name }”的内容：

## explain: the page of a case

explain-title = 办件 { $number }
explain-as_of = 截至 { $at }
explain-item = 事项
explain-unit = 单位
explain-handed_over = 移交
explain-source = 来源
explain-judged = 口径
explain-judged_then = 按当时已知的记录、规则和工作日历
explain-judged_now = 按现行规则和现有记录回溯至该时点
explain-traces = 办理痕迹
explain-emptied = （来源已清空）
explain-changed = （已被来源更改）
explain-faults = 数据差错
explain-faults_timed = 数据差错（更正前按其余记录计时）
explain-moves = 到期日变更
explain-events = 监察记录
explain-unreviewed = { $why }（待审核，尚未告知任何人）
explain-letters = 邮件
explain-day_by_day = 逐日计算
explain-version = 规则版本
explain-card_table = 发牌标准
explain-calendar = 工作日历版本
explain-office = 监察机关
explain-basis = 依据
explain-started = 起算
explain-deemed = 逾期未告知补正内容，自 { $day } 起视为受理（{ $basis }）
explain-counted = 算法
explain-due = 到期
explain-provisional = { $due }（暂定）
explain-late = 超期
explain-due_strictly = 从严计算到期
explain-due_of_notices = { $due } （提示依此）
explain-steps_strictly = — 从严计算到期 { $due } —
explain-special = 特别程序（不计入）
explain-correction = 补正（不计入）
explain-goes_on = （未结束）
explain-extended = 延期
explain-withdrawal = 待核撤
explain-withdrawal_waits = { $card }于 { $told } 告知，其后录入的记录使其不再成立或者不再由该单位承担；核定之前照常计入
explain-rests_on = 原计时
explain-record_then = 告知时的记录
explain-record_now = 现有记录
explain-record_none = 无此记录
explain-record_entered = { $words }（{ $entry }）
explain-record_gone = 已删去，{ $entry }
explain-gives = 由此得出
explain-decide = 待核撤：请核对档案后决定，维持用 jianchad card uphold { $finding }，撤销用 jianchad card revoke { $finding }，均须写明 --by 姓名 --why 理由
explain-unknown = 台账中没有办件“{ $case }”
explain-rules_unread = 当时适用的规则（版本 { $version }）无法读取：{ $why }
explain-rules_not_kept = 台账中没有该版本
explain-rules_unread_remedy = 请使用当时的 jianchad，或者不带 --as-of

## status: how things stand, at a glance

status-case_of_unit = { $case }（{ $unit }）
status-no_csv = status 由多张表组成，而 CSV 只能是一张表
status-no_csv_remedy = 全部内容用 --format json；单张表用 sqlite3 -readonly -csv -header 台账 "SELECT * FROM source_health"、jianchad coverage --format csv、jianchad findings --format csv
status-round = 最近一轮 { $at }
status-ledger = 台账 { $file }
status-change_waits = 待确认的规则改动: jianchad adopt
status-unanswered = 逾期未反馈的红黄牌{ $count }张：{ $cards }
status-unanswered_more = 逾期未反馈的红黄牌{ $count }张：{ $cards }等
status-in_all = 办件 { $cases } 件（在办 { $open }，数据差错 { $faults }）；隔离记录 { $spoilt } 条；邮件已发 { $sent }、待发 { $queued }、被拒 { $refused }
status-red = 红牌
status-yellow = 黄牌
status-notice = 提示
status-pending = 待发
status-contested = 待核撤
status-appealed = 申诉待决定
status-held_back = 其后到期而暂不发牌的办件 { $cases } 件
status-nothing = 按空值读取：{ $cells }
status-garbled = 部分文字无法识别，已保留可识别部分：{ $columns }（可用 encoding 写明编码）
status-passed_over = 文件夹内未读取：{ $names }
status-unchanged_since = 自 { $at } 起无变化
status-never_seen = 映射中从未出现的属性：{ $names }（名称是否写错？）
status-alike = 仅写法不同的办件编号 { $count } 组，各自计入：{ $numbers }（是否为同一办件？）
status-days_only = 时间全部为 00:00:00，按只有日期读取：{ $columns }
status-another_zone = 录入时间普遍早于所录事项：{ $columns }（是否为另一时区？可用 zones 写明，此前不据此判断）
status-entered_before = 录入早于发生，不据此判断：{ $columns }

## disk: what keeps rounds from being entered in the ledger
disk-full = 台账所在磁盘仅余 { $free }：{ $file }，轮次可能无法记账
disk-read_only = 台账所在磁盘为只读：{ $file }，任何轮次都无法记账
disk-unfinished = { $at } 开始的最近一轮未能完成，目前没有进程在运行
disk-no_round = 程序在运行，但自 { $at } 起没有一轮能够记账：{ $file }
disk-no_folder = 邮件无法写出：{ $path } 不存在或不是文件夹（待发 { $queued } 封）
disk-folder = 邮件无法写入文件夹 { $path }（待发 { $queued } 封）：{ $why }
disk-remedy = 腾出空间，或使磁盘、台账和邮件文件夹对运行用户可写；然后运行 `jianchad once`，或查看日志中最近一轮失败的原因

## findings: the list

findings-no_unit = 没有编码或名称为 { $unit } 的单位
findings-meant = 是否为 { $name }？

## attention: what wants a person

attention = 需要处理：{ $wants }
attention-source = 数据源“{ $source }”{ $state }
attention-letters = 邮件未能发出（待发 { $queued }，被拒 { $refused }）
attention-unanswered = 逾期未反馈的红黄牌{ $count }张

## law: the law's limits

law-unknown = 法律库中没有编号为 { $rule } 的条款；jianchad law 列出全部
law-title = { $rule }  《{ $law }》{ $article }
law-step = 应办事项
law-in_force = 施行
law-starts = 起算
law-stops = 终止
law-limit = 时限
law-counted = 算法
law-keeper = 遵守者
law-left_out = 不计入
law-extension = 延长
law-correction = 补正
law-expiry = 逾期
law-note = 说明
law-follows = 取代
law-source = 出处
law-from_to = { $from } 至 { $to }
law-from = { $from } 起
law-limit_of_field = { $limit }（{ $field }）
law-limit_back = 起算事项之前至少 { $limit }
law-limit_assumed = { $limit }（日数或单位为推定）
law-by_article = { $causes }（{ $article }）
law-at_most = { $causes }，至多 { $limit }
law-time = { $cause }：{ $length }（{ $basis }）
law-told_in_writing = 所需时间须书面告知申请人
law-extended_once = { $by }，须经{ $approver }批准，以一次为限
law-extended = { $by }，须经{ $approver }批准，至多 { $times } 次
law-start_counts = 起算日计入
law-start_not = 起算日不计入
law-rolls = 末日遇休息日顺延
law-stays = 末日遇休息日不顺延
law-kept_by_unit = 办理机关
law-kept_by_applicant = 申请人、当事人
law-kept_by_third_party = 第三方
law-restart = 补正后重新计算
law-restart_once = 补正后重新计算（以一次为限）
law-pause = 补正时间不计入
law-overdue = 超期
law-accepted_from_receipt = 自收到之日起视为受理
law-accepted_from_expiry = 自期限届满之日起视为受理
law-granted = 视为准予
law-given_up = 视为放弃

## card: what people do with a card

card-done = 监察事项 { $finding }：已登记{ $what }（经办人：{ $by }）
card-done_until = 监察事项 { $finding }：已登记{ $what }（经办人：{ $by }），限 { $due } 前办结
card-receipt = 申诉回执：{ $unit }就办件{ $case }的{ $card }（监察点“{ $rule }”）提出的申诉，已于{ $at }登记，编号{ $finding }。监察人员于{ $due }前决定撤销或者维持；决定之前该牌照常计入，反馈期限中止。
card-appeal_late = 本申诉已逾期：该监察牌应于{ $day }前反馈或申诉；现予受理，是否采纳由监察人员决定
card-receipt_remedy = 请将上述回执回复申诉单位。
card-refused = 监察事项 { $finding } 未登记：{ $why }
card-refused_remedy = 用 jianchad card show { $finding } 查看其现状
card-no_day = 由该时限得不出日期：{ $why }
card-no_day_remedy = 写明长度，例如 --within 5wd
card-unknown = 没有编号为 { $finding } 的监察事项
card-unknown_remedy = 用 jianchad findings --all 查看全部监察事项及其编号

## refusal: why something may not be done with a card

refusal-own = 属系统自身事项，原因消除后自行了结
refusal-revoked = 已经撤销，不再变更
refusal-not_pending = 不在待发之列
refusal-pending = 尚待审核：发出用 card issue，不予发出用 card review --dismiss
refusal-notice_over = 该提示已经消除，没有可申诉的内容
refusal-appealed = 已有申诉待决定
refusal-nothing_to_decide = 没有待决定的申诉，也不在待核撤之列
refusal-over = 已经了结，没有可督办的内容
refusal-ordered = 已有督办在进行

## deed: entries at the keyboard

deed-card = 监察事项 { $finding }：{ $what }（{ $card }，办件 { $case }，{ $item }，{ $unit }，{ $rule }）
deed-adopt = 自下一轮起按 { $version } 监察
deed-ask = 确认登记吗？ [y/N]
deed-not_meant = 未作任何登记
deed-not_allowed = { $login } 无权登记对监察牌、数据源、静默、规则、时钟和个人信息的处理：须属于 { $group } 组
deed-not_allowed_remedy = 请管理员执行 usermod -aG { $group } 用户名，然后重新登录
deed-other_file = { $login } 只能按 { $file } 登记
deed-other_file_remedy = 不要写 --config，或由 root 执行

## in_force: the configuration in force stands in for a file with mistakes

in_force-stands_in = jianchad：{ $bad } 有误，以下内容按现行配置（{ $at } 启用）得出。查看错误请执行：jianchad check-config --config { $config }

## table: lists at a terminal

table-left_out = 因窗口宽度有限，未列出：{ $columns }（加 --wide 可显示全部）

## plan: who would be sent what

plan-waiting = 待发
plan-silenced = 静默至 { $until }
plan-cards = { $count } 件监察事项
plan-notices = { $count } 件提示

## told: why somebody is told

told-own = 系统自身事项
told-card = { $role }，{ $card }
told-withdrawal = { $role }，待核撤
told-grown = { $role }，已发出的监察事项，情形扩大
told-referred = { $role }，超期或者临近到期办件的记录有差错
told-objection = { $role }，申诉待决定
told-route = { $role }，按专门规定
told-not_decided = { $role }，逾期未决定
told-not_answered = { $role }，逾期未反馈
told-nobody_else = 无人可告知，由系统管理员转告
told-stand_in = 代办

## replay: the past once more

replay-backwards = 最后一日 { $to } 在第一日 { $from } 之前
replay-taken = “{ $file }”已经存在，而回放须使用自己的台账
replay-taken_remedy = 为 --keep 另取一个新文件名
replay-dark = 无法回放：{ $sources } 未能完整读取
replay-dark_remedy = 用 jianchad once 查看数据源有何问题
replay-head = 回放 { $from } 至 { $to }，规则版本 { $version }，发牌标准 { $table }；对照：{ $other }
replay-ledger = 台账所载
replay-more = 另有 { $rest } 条，--format csv 列出全部

## adopt: a change of what judges that waits for a person

adopt-change = 监察规则 { $before } → { $version }
adopt-noted = 已记录；下一轮起生效（systemctl reload jianchad 立即开始一轮）。
adopt-none = 没有待确认的规则改动。
adopt-none_backdated = 目录中没有追溯生效而此前办件不适用的版本。
adopt-backdated = 目录中有追溯生效的版本，此前已在办的办件仍按目录原定时限计算；如应一并适用：jianchad adopt --backdated
adopt-waits = 待确认：jianchad adopt --by 姓名 --why 理由
adopt-waits_backdated = 须经确认：jianchad adopt --backdated --by 姓名 --why 理由
adopt-by_itself = 下一轮起自动生效。
adopt-another = { $other } 已不是配置文件所定的规则：现为 { $version }
adopt-another_remedy = 先执行 systemctl reload jianchad（或 jianchad once），再用 jianchad adopt 查看新的规则有何影响
adopt-allowed = { $version } 已由{ $by }确认（{ $why }），下一轮起生效。

## effect: what a change of what judges would do

effect-cases = 在办件 { $cases } 件，其中 { $due_moved } 件到期日变动；未结监察牌 { $open } 张
effect-cards = { $card }：新增 { $appear }，消失 { $fall }
effect-would = 现有未结监察牌{ $open }张，将新增{ $raised }张、撤销{ $withdrawn }张、升级{ $higher }张、降级{ $lower }张，{ $due_moved }件办件的到期日变动
effect-first = { $would }，首批涉及{ $first }
effect-one = { $case }（{ $what }：{ $before }→{ $after }）
effect-none = 无
effect-standing = { $card }（{ $standing }）
effect-about_to_be = { $card }（即将作出）
effect-contested = { $contested }张转为待核撤，由监察人员决定；{ $uncontested }张不再待核撤
effect-withheld = 按现行规则即将作出的{ $count }项变动将不再作出
effect-let_through = 近{ $days }日内未经确认而生效的改动已涉及{ $count }张，一并计入
effect-no_supervision = 不再监察
effect-after_review = 须审核后发出
effect-rows_to_come = 视此后的记录而定
effect-from = { $card }（{ $day }起）
effect-from_adopted = { $card }（按上次经人确认的工作日历自{ $day }起）
effect-to_come = { $card }（尚未到期）
effect-unsupervised = { $count }件在办件将不再受监察，其计时此后到期不再发牌
effect-unissued = { $count }件在办件的计时此后到期，监察牌不再自动发出
effect-dropped = { $count }件在办件的计时此后本应发出的监察牌将不再发出
effect-put_off = { $count }件在办件的计时此后应发的监察牌将推迟发出
effect-crept = { $count }件在办件的计时此后应发的监察牌，工作日历各次改动累计推迟的日数（自上次经人确认时起）超过一次放假所能推迟的日数
effect-ways_out = { $count }件在办件的计时，其停止、延长、特别程序或代码待说明的期限将从宽认定，此后的记录可使应发的监察牌不再发出或推迟发出
effect-closes = 自{ $from }起算的{ $limit }个工作日，按上次经人确认的工作日历于{ $ends }届满，改后于{ $would_end }届满，推迟{ $days }日，超过一次放假所能推迟的日数
effect-unreached = 改后的办公时间自{ $from }起连续{ $closed }日无人办公，{ $from }产生的监察牌须至{ $would_leave }方可发出，按上次经人确认的办公时间为{ $leaves }，推迟{ $later }日
effect-left_alone = 目录中有追溯生效的版本，此前已在办的{ $cases }件仍按目录原定时限计算
sources-leaving = 数据源“{ $source }”已不在配置中，其未办结的{ $cases }件将不再受监察，其上有未结监察牌{ $cards }张
sources-renamed = 数据源“{ $before }”改名为“{ $then }”，其办件和监察牌随之转入
sources-known = 新数据源“{ $source }”的{ $cases }个办件编号{ $read }已由数据源“{ $from }”报送过（其中{ $with_cards }件有未结监察牌），生效后将重复计件、重复发牌；如系同一数据源改名，请写明 was = "{ $from }"
sources-unread = 新数据源“{ $source }”无法读取，不知其办件编号是否已由其他数据源报送过：{ $why }
sources-unknown = 新数据源“{ $source }”的办件此前均未报送过{ $read }，其监察牌须读取后才能得知
sources-first_rows = （仅比对前{ $rows }行）
stake-unwatched = 数据源“{ $source }”的全量复核、中断告警或报送方式将放宽（sweep_at、sweep_back、may_shrink、overdue_after、delivers），此后记录被删改或停报可能不被发现，监察牌可能须待下次报送方可发出，涉及未办结办件{ $cases }件
stake-cases = 办件{ $cases }件（其中有未结监察牌的{ $with_cards }件）
stake-set_aside = 隔离记录{ $rows }条
stake-evidence = 依佐证作出的监察事项{ $findings }项
stake-untried = 数据源“{ $source }”的映射有改动，结果须重新读取后才能得知（未能试读：{ $why }），涉及{ $what }
stake-remapped = 数据源“{ $source }”的映射有改动，结果须重新读取后才能得知，涉及{ $what }
stake-rows_to_come = { $trial }；此后的记录将改按新映射读取，其影响无法预知，涉及{ $what }
trial-read = 数据源“{ $source }”的映射有改动，已按新映射试读全部{ $rows }行（不存入台账）：已知办件{ $cases }件中{ $differ }件读得不同，新出现{ $newly }件，{ $gone }{ $named }
trial-gone = 不再出现{ $gone }件
trial-compared = （现行映射已读不出该数据源，系与台账所存比较）
trial-named = ，如{ $named }
trial-program = 本程序的判定方法也有改动
trial-no_copy = 试读用的台账副本不可用（{ $error }）；副本在 /var/tmp 中须有台账两倍大小的空间
trial-large = 台账超过{ $most } GiB，不作试读
trial-many_rows = 记录超过{ $most }行，不作试读
trial-too_long = 试读超过{ $seconds }秒未读完，已放弃；请在副本上单独执行该来源的查询，改写`query`或补建索引后再运行`jianchad check-config`

## change: a change of what judges that no person was asked of
change-calendar = 工作日历
change-rules = 监察规则
change-both = 工作日历和监察规则
change-in_force = { $what }有改动，自{ $on }起自动生效，未经人工确认。生效时推算：{ $did }
change-due = { $cases }件办件的到期日变动
change-due_ways = { $cases }件办件的到期日变动（推迟{ $later }件、提前{ $earlier }件）
change-cards = 监察牌新增{ $raised }张、撤销{ $withdrawn }张、升级{ $higher }张、降级{ $lower }张

## silence: nobody is told of something for a while

silence-set = 静默 { $silence }：至 { $until }，设立人：{ $by }
silence-to_set = 在 { $until }（含）前不通知任何人：{ $scope }
silence-to_end = 将由 { $by } 结束静默 { $silence }
silence-ended = 静默 { $silence }：已由{ $by }提前结束
silence-none = 没有编号为 { $silence } 且今日有效的静默
silence-none_remedy = 用 jianchad silence list 查看有效的静默
silence-no_unit = 没有单位“{ $code }”
silence-no_item = 没有事项“{ $code }”
silence-no_rule = 没有监察点“{ $code }”

## mail: letters at the keyboard

mail-not_refused = { $address } 没有被拒的邮件
mail-restored = { $address } 恢复收件
mail-not_waiting = 邮件 { $letter } 既非待发，也未被拒
mail-retried = { $count } 封邮件将在办公时间的下一轮再次发送
mail-unknown = 没有编号为 { $letter } 的邮件
mail-test_subject = 【测试】监察邮件
mail-test = 这是 { $office } 的一封测试邮件。收到它，说明监察邮件可以送达。
mail-sent = 已经 { $way } 发出：{ $reply }

## report: a digest or a bulletin at the keyboard

report-digest_usage = 每日监察按某一日发出时的原样显示：--period 2011-10-08，不带 --send 或 --xlsx
report-no_digest = { $day } 没有写过每日监察
report-waiting = { $count } 封邮件已列入待发
report-not_written = “{ $file }”未能写入：{ $why }

## once: one round

once-done = 截至 { $at }：读取记录 { $rows } 条（隔离 { $rejected } 条），判定办件 { $judged } 件；监察事项新增 { $raised } 项，升级 { $escalated } 项，了结 { $resolved } 项，撤销 { $revoked } 项；写成邮件 { $letters } 封
once-change_waits = 有待确认的规则改动：用 jianchad adopt 查看该改动及其影响
once-source = 数据源“{ $source }”{ $state }：{ $message }
once-no_moment = “{ $text }”不是时间
once-no_moment_remedy = 写作 2011-12-31 或 2011-12-31T09:00
once-back = 台账“{ $ledger }”已载有 { $at } 的一轮
once-back_remedy = 回溯时用 --ledger 指定一个新文件

## sample: a random list of cases

sample-no_month = “{ $month }”不是月份
sample-no_month_remedy = 写作 2011-12
sample-drawn = { $month } 办结的 { $all } 件中抽取 { $drawn } 件，种子“{ $seed }”

## source: what a person says of a doubted source

source-nothing = 未能确认数据源“{ $source }”：没有待确认的存疑
source-nothing_remedy = jianchad status 列出各数据源及其状态
source-doubted = 数据源“{ $source }”自 { $since } 起存疑：{ $why }
source-accepted = { $by }已确认现状属实；下一轮起恢复判定（systemctl reload jianchad 立即开始一轮）。届时另有其他办件查不到的，仍须另行确认。

## demo: a city to look at

demo-next = 接下来可以尝试：
demo-case = 逐日计时
demo-findings = 监察事项清单
demo-missing = 未纳入监察的事项
demo-query = 直接查询台账
demo-mails = 邮件，可用邮件客户端打开
demo-planted = 预先埋设的问题，可与监察事项对照
demo-no_url = 不是服务器地址：请在 postgres:// 或 mysql:// 之后写 用户:密码@主机:端口/数据库；密码中字母和数字以外的字符须按网址规则转义（@ 写作 %40）；末尾可加 ?tls=off 或 ?ca_file=路径
demo-schema_taken = 模式“{ $schema }”已存在，且不是模拟数据所建，未作改动
demo-schema_taken_remedy = 换一个数据库或服务器
demo-taken = “{ $folder }”中有不属于演示的内容
demo-taken_remedy = 另取一个新文件夹

## due: a deadline with its count

due-due = 到期 { $due }
due-by_law = 依据 《{ $law }》{ $article }：{ $limit }（{ $rule }）
due-provisional = 暂定：日历载有 { $first } 至 { $last } 的放假安排，其外按周一至周五计算，安排公布后可能变动
due-counted = 算法 { $counting }
due-calendar = 日历 { $first } 至 { $last }，版本 { $version }
due-give_from = 请给出 --from 和 --limit 或 --law，或者 --batch FILE
due-give_limit = 请给出 --limit 或 --law
due-unread = 无法读取表“{ $name }”
due-unwritten = 计算结果无法写入“{ $name }”
due-no_csv = 不能按 CSV 读取（程序库提示“{ $words }”）
due-no_date = “{ $text }”不是存在的日期：写作 2011-09-26 或 2011-09-26T16:30
due-no_pause = “{ $text }”不是暂停期间：两端写作 2011-10-10/2011-10-21
due-granted = { $rule } 的期间由记录载明：请用 --limit 给出
due-no_extension = { $rule } 所依条款未规定可以延期
due-extension_long = { $rule } 所依条款可以延期 { $by }，不可以延期 { $asked }
due-extension_often = { $rule } 所依条款可以延期 { $times } 次，不可以延期 { $asked } 次
due-bad_rows = 表中有 { $rows } 行没有得出结果；原因见 error 列
due-bad_of = { $rows } 行中有 { $bad } 行没有得出到期日：原因见 error 列
due-row_length = 该行有 { $fields } 栏，表头有 { $header } 栏
due-not_utf8 = { $column } 列不是 UTF-8
due-no_truth = start_day_counts 为“{ $text }”：请写 true 或 false
due-column_taken = 已有 { $column } 列，而结果须添加该列：请改名
due-column_twice = 有两列 { $column }：请只留一列
due-column_missing = 没有 { $column } 列；其首行为 { $found }

## calendar: the working days of a year or a month

calendar-provisional = { $period } 的放假安排尚未公布：以上节假日由法律规定，其余按周一至周五暂算，结果待定。
calendar-unknown = { $period } 的放假安排不在日历之内（日历载有 { $first } 至 { $last } 年）。国务院办公厅放假通知公布后，请将该年的安排补入日历文件，并用 --calendar FILE 指定；在此之前，涉及该时段的到期日按周一至周五暂算，并标明“暂定”。
calendar-year = { $year }年 工作日 { $days } 天
calendar-month = { $year }年{ $month }月  工作日 { $days } 天
calendar-week = {" "}一   二   三   四   五   六   日
calendar-mark_worked = 班
calendar-mark_off = 休
calendar-mark_weekend = .{" "}
calendar-mark_working = {" "}{" "}
calendar-marks = 休 放假  班 调休上班  . 周末
calendar-off = { $days } 放假
calendar-worked = { $days } 上班
calendar-holiday_of = { $holiday }（{ $source }）
calendar-notice = 依据 { $name }  { $source }
calendar-span = { $from } 至 { $to }
calendar-in_order = 日历无误：载有 { $first } 至 { $last }，版本 { $version }
calendar-checked_year = { $year } 年：工作日 { $working } 天，平日放假 { $off } 天，周末上班 { $worked } 天  { $notice }
calendar-becomes_working = { $day } 改为工作日 { $name }
calendar-becomes_off = { $day } 改为休息日 { $name }
calendar-nothing_changed = 未作任何改动；确认后加 --yes 生效。
calendar-kept = 已存入 { $file }
calendar-change = 工作日历 { $before } → { $after }
calendar-no_ledger = 尚无台账，没有在办件。
calendar-in_force = 该日历已经生效，没有变动。
calendar-along = 注意：配置中另有尚未生效的改动，将一并生效。
calendar-ask = 现在生效吗？ [y/N]
calendar-held = 台账由正在运行的 jianchad 持有：执行 systemctl reload jianchad 即重新计算在办件。
calendar-judged = 已重新计算 { $judged } 件：新增或升级 { $raised } 项，了结 { $resolved } 项，撤销 { $revoked } 项
calendar-no_period = “{ $text }”既不是年份也不是月份：写作 2011 或 2011-10
calendar-file_unusable = 日历 { $file } 不能使用
calendar-unusable = “{ $file }”不能生效
calendar-no_toml = “{ $file }”的文件名不以 .toml 结尾
calendar-by_whom = 不知由谁使该日历生效
calendar-by_whom_remedy = 用 --by 写明姓名
calendar-not_kept = 日历文件未能存为“{ $file }”：{ $why }
calendar-not_kept_remedy = 请由对配置文件所在目录有写权限的用户执行

## check: what `check-config` says of a configuration in order

check-unlimited = 注意：{ $count }个事项在目录和法律中均无可超期的时限：{ $items }
check-no_supervisor = 注意：通讯录中没有现任的监察人员：无人阅看每日监察、审核发牌和核定撤销；请在 contacts.csv 中补填角色为“监察人员”的联系人
check-regions_alone = 注意：{ $count }个区划有单位而无监察人员：{ $regions }；其监察牌无人监督，请在 contacts.csv 中补填
check-pages = { $file }：自有邮件模板有{ $count }处错误，改正之前使用内置模板
check-in_order = { $file }: 无误
check-registry = 名录
check-counts = 区划{ $regions }个，单位{ $units }家，事项{ $items }项，联系人{ $contacts }人
check-sources = 数据源
check-card_table = 发牌标准
check-calendar = 工作日历
check-days = { $first }至{ $last }
check-ledger = 台账
check-letters = 邮件
check-version = 规则版本
check-new_ledger = 新台账
check-ledger_first = 尚不存在，首轮将新建；首次安装即如此
check-ledger_others = 尚不存在，首轮将新建，不知此前告知过的监察牌。另有台账{ $count }个：{ $ledgers }；如应沿用，请将 ledger 指向原台账
check-doubted = 存疑
check-doubt = { $source }：{ $why }
check-change = 规则改动
check-change_unknown = 无法得知：{ $why }；请尝试：{ $remedy }
check-change_none = 无：现行规则即为本文件所定
check-change_waits = 现行规则为{ $before }；本文件的规则须经 jianchad adopt --by 姓名 --why 理由 确认后生效
check-server = 数据源 { $source }（服务器）
check-source = 数据源 { $source }（{ $read }）
check-no_rows = 没有任何记录
check-more_unread = 另有 { $count } 项无法读取
check-more_files = 另有 { $count } 个文件无法读取
check-older_files = 另有较早的 { $count } 个文件未查看
check-passed_over = 文件夹内未读取：{ $names }
check-no_item = 未写明事项
check-unknown_item = 目录中没有的事项 { $code }
check-unknown_unit = 没有的单位 { $code }
check-no_times = { $columns } 中的时间均无法读取：请更正该读取的 `times`，或改用其他列
check-wants = 配置有效，但有事项需要处理：见上面以 `!` 开头的各行
check-unread = 有 { $count } 处读取与数据源不符
check-change_next = 现行规则为{ $before }；本文件的规则自下一轮起生效

## limit: lengths of time and where they come from

limit-working_days = { $count } 个工作日
limit-calendar_days = { $count } 日
limit-months = { $count } 个月
limit-years = { $count } 年
limit-office_minutes = { $count } 个工作分钟
limit-half_days = { $count } 个工作日
limit-clock_hours = { $count } 小时
limit-office_hours = { $count } 个工作小时
limit-same_day = 当日办结
limit-record_date = 记录载明的日期
limit-promised = 事项的承诺时限
limit-statutory = 事项的法定时限
limit-granted = 记录载明的期间
limit-stage = 各环节时限

## clock: a clock, its runs, what it waits for, what is doubtful

clock-run = { $name }（第 { $run } 次）
clock-part = { $name }（{ $part }）
doubt-cause_given = { $day } 开始的特别程序事由“{ $given }”不在法定范围内
doubt-cause = { $day } 开始的特别程序未载明事由
doubt-notice = { $day } 开始的特别程序没有书面告知申请人的记录
doubt-end = { $day } 开始的特别程序没有结束记录
doubt-end_after = { $day } 开始的特别程序在办结以后才结束
doubt-beyond = { $day } 开始的特别程序，累计超过认可的 { $at_most }
doubt-unreceived = { $day } 告知的补正没有收件记录，却已作出决定
doubt-approver = { $day } 的延期没有批准人
doubt-hour = { $day } 起算，未记录时点
remedy-cause = 补录特别程序的法定事由
remedy-notice = 补录书面告知的文号
remedy-end = 补录特别程序的结束时间
remedy-end_after = 核对特别程序的起止时间
remedy-beyond = 恢复计时；依法确需更长的，报监察机关核定
remedy-unreceived = 补录补正收件的时间
remedy-approver = 补录延期的批准人
remedy-hour = 补录起算的时点
disregarded-too_many = { $when } 延期超过允许的延期次数，不予计入
disregarded-no_length = { $when } 延期未载明可与本时限相加的延长期限，不予计入
disregarded-late = { $when } 延期批准时已超过时限，且无期限内申请的记录，不予计入
disregarded-early = { $when } 延期批准时时限尚未起算，不予计入
disregarded-after = { $when } 延期批准时已办结，不予计入
disregarded-no_clause = { $when } 延期没有依据：所依条款未规定可以延期，不予计入
disregarded-excess = { $when } 延期 { $granted }，超过规定的 { $by }，超出部分不予计入
excess-clause = 特别程序累计扣除以 { $cap } 为限，{ $last } 之后的时间继续计入
excess-granted = { $from } 开始的特别程序载明 { $granted }，只认可 { $at_most }，超出部分从严计算时不扣除
excess-used_up = 特别程序累计已满 { $at_most }，{ $from } 及以后又开始的不予扣除
pending-finish = 尚未办结
pending-answer = 尚未答复
pending-deliver = 尚未送达
pending-accept = 尚未决定是否受理
pending-ask = 尚未告知补正
pending-ask_or_accept = 尚未告知补正或者决定是否受理
pending-decide = 尚未作出决定
pending-end_special = 特别程序尚未结束
pending-forward = 尚未转报
pending-other = 尚未办理
done-answered = 答复
done-finished = 办结
done-accepted = 受理
done-not_accepted = 不予受理
done-asked = 告知补正
done-received = 收到补正材料
done-resumed = 特别程序结束
done-delivered = 送达
done-forwarded = 转报
done-withdrawn = 撤回
done-step = 办理完毕
done-other = 办理

## step: a count day by day

step-day_1 = { $day } 周一
step-day_2 = { $day } 周二
step-day_3 = { $day } 周三
step-day_4 = { $day } 周四
step-day_5 = { $day } 周五
step-day_6 = { $day } 周六
step-day_7 = { $day } 周日
step-days = { $from } 至 { $to }
step-one = { $days } { $what }
step-two = { $days } { $nature } { $what }
step-rest_day = 休息日
step-holiday = { $name }放假
step-make_up = { $name }调休上班
step-worked_on = { $name }（上班）
step-received = 视为该日收到
step-event = 事项发生日，由此往前推算
step-counted = 第 { $first } 日/共 { $of } 日
step-counted_days = 第 { $first } 至 { $last } 日/共 { $of } 日
step-off = 不计入
step-closed = 当日不对外办公，不计入
step-paused = 暂停计时，不计入
step-rolled = 期限最后一日顺延
step-unknown = 起放假安排尚未公布，暂按周一至周五上班计算，结果待定
step-due_at = { $time } 到期
step-due = 到期日
step-start_at = { $time } 起算
step-start_counted = 起算日，计入
step-start_not_counted = 起算日，不计入
step-limit = 期限 { $limit }
step-limit_sum = 期限 { $limit }，合计 { $total }
step-extended = { $limit }，延长 { $by }
step-worked = { $spans } 累计 { $sum }/共 { $of } 小时

## counting: how a limit is counted

counting-start_counts = 起算日计入
counting-start_not = 起算日不计入
counting-rest_day = 休息日收到的视为次一工作日收到
counting-after_hours = 下班后收到的视为次一工作日收到
counting-pause_first = 特别程序末日计入
counting-pause_last = 特别程序首日计入
counting-rolls = 末日遇休息日顺延
counting-stays = 末日遇休息日不顺延
counting-midnight = 至当日24时止
counting-closing = 至当日下班时止
counting-hours = 办公时间 { $hours }
clock-mark_of = { $kind }（{ $of }）

## meanwhile: days on which limits end while a record is in doubt

meanwhile = { $why }。{ $by }：{ $days }
meanwhile-mended = 更正前按其余记录暂计
meanwhile-settled = 核定以前按原记录计时
meanwhile-due = { $name } { $day } 到期

## rule: the names of the rules

rule-time-limit = 办理时限
rule-missing-step = 缺少环节
rule-wrong-order = 环节次序不符
rule-late-entry = 事后补录
rule-backdated-entry = 录入时间倒填
rule-entered-ahead = 提前录入
rule-entered-together = 一次性补录
rule-seen-finished = 首次出现即已办结
rule-off-hours-entry = 非办公时间录入
rule-one-person = 一人包办
rule-second-correction = 多次补正告知
rule-special-misuse = 特别程序异常
rule-special-unpaired = 特别程序记录不成对
rule-step-due = 环节逾期
rule-special-excess = 特别程序超限
rule-extension-misuse = 违规延期
rule-dummy-values = 虚填内容
rule-bare-refusal = 不予受理、不予许可等未说明理由
rule-withdrawn-at-limit = 临期撤回
rule-refiled = 撤回后重新申报
rule-changed-after-fact = 事后更改记录
rule-vanished-record = 记录消失
rule-fee = 收费不符
rule-expired-item = 使用失效事项
rule-required-field = 必填项缺失
rule-too-fast = 办结过快
rule-entry-burst = 集中录入办结
rule-copied-reason = 不予受理理由雷同
rule-last-day-heap = 办结集中于最后一日
rule-number-gap = 办件编号不连续
rule-off-system = 疑似体外循环
rule-met-unseen = 未读期间到期
rule-silent-item = 事项静默
rule-silent-unit = 单位静默
rule-silent-source = 数据源静默
rule-handed-over = 办件移交
rule-deemed-granted = 视为准予
rule-doubtful-fact = 计时依据存疑
rule-data-fault = 数据差错
rule-source-dark = 数据源中断
rule-source-suspect = 数据源存疑
rule-calendar-ends = 工作日历即将用尽
rule-mail-refused = 邮箱拒收
rule-clock-stopped = 计时停用
rule-unmapped-code = 未映射代码
rule-ledger-begun = 新台账启用
rule-ledger-replaced = 台账更换

## basis: what the rules rest on

basis-time-limit = 《行政许可法》第四十二条；电子监察时限规则（预警、黄牌、红牌）
basis-missing-step = 办理环节应当在系统内留下办理痕迹；固化流转环节（徐州行政权力网上公开透明运行办法）
basis-wrong-order = 固化流转环节（徐州）；环节次序由本规则推定
basis-late-entry = 在审批系统内办理并留下办理痕迹；网上办理应当实时、准确（郴州；宁波考核办法）
basis-backdated-entry = 录入时间由系统自动生成，不得倒填；以读取时的存档为证；本规则为推定
basis-entered-ahead = 办理时间应当据实记载，尚未发生的不得预先录入；以读取时的存档为证；本规则为推定
basis-entered-together = 先办结、后一次性录入系统（监察通报所列问题）；本规则为推定
basis-seen-finished = 体外循环、事后录入（监察通报所列问题）；本规则为推定
basis-off-hours-entry = 系统外办理后集中补录（监察通报所列问题）；本规则为推定
basis-one-person = 承办人、审核人、批准人分设（行政审批电子监察办法）；本规则为推定
basis-second-correction = 《行政许可法》第三十二条第一款第四项：应当一次告知需要补正的全部内容
basis-special-misuse = 特别程序时限有上限（广东数据交换规范：十个、十五个工作日）；本规则为推定
basis-special-unpaired = 《行政许可法》第四十五条：所需时间不计算在期限内，以记录载明的起止为准
basis-step-due = 各环节应当在规定时限内办结（固化流转环节，徐州）；以记录自身所载的环节期限为准
basis-special-excess = 《政府信息公开条例》第三十二条、第三十三条第三款；《优化营商环境条例》第三十六条
basis-extension-misuse = 《行政许可法》第四十二条：可以延长十日；超过时限后申请延期的按超期计（限时办结制）
basis-dummy-values = 延期批准人一律填“无”（交换数据所见）；本规则为推定
basis-bare-refusal = 《行政许可法》第三十八条第二款、第七十二条；《政府信息公开条例》第三十六条；不依法说明理由（行政审批电子监察办法所列情形）
basis-withdrawn-at-limit = 以退件、作废、删除终止计时（交换数据所见）；本规则为推定
basis-refiled = 以退件、作废、删除终止计时后重新录入（交换数据：原业务流水号）；本规则为推定
basis-changed-after-fact = 数据变更应当留痕（广东数据交换规范：变更递增版本号）；本规则为推定
basis-vanished-record = 以删除终止计时（交换数据所见：办结结果 3 删除）；数据变更应当留痕；本规则为推定
basis-fee = 收费违反规定（行政审批电子监察办法所列情形）；固定收费与实收金额对照
basis-expired-item = 事项调整后应当及时变更系统（宁波考核办法；芜湖第六条）
basis-required-field = 办结件数据不完整扣分（惠州绩效测评；宁波考核办法）
basis-too-fast = 批量虚假办结的提示；本规则为推定
basis-entry-burst = 在专网办结后集中补录（开发区工作总结）；本规则为推定
basis-copied-reason = 无法定理由不予受理（行政审批电子监察办法所列情形）；理由雷同由本规则推定
basis-last-day-heap = 以速度排名诱发虚填日期（成都取消提速率排名）；本规则为推定
basis-number-gap = 以删除退出办理（交换数据：办结结果 3 删除）；本规则为推定
basis-off-system = 不按规定实施网上审批、体外循环（行政审批电子监察办法所列情形；芜湖第七条）
basis-met-unseen = 数据中断期间不作不利认定，恢复后由监察人员核对审批系统日志、纸质签收；本规则为推定
basis-silent-item = 办件量为零的单位（防城港通报）；体外循环；本规则为推定
basis-silent-unit = 办件量为零的单位（防城港通报）；体外循环；本规则为推定
basis-silent-source = 数据不能正常传送而未及时发现（宁波考核办法）；本规则为推定
basis-handed-over = 一次转办即一次交接，时限按办理单位分段承担（工单转办）
basis-deemed-granted = 《行政许可法》第五十条第二款
basis-doubtful-fact = 《行政许可法》第四十二条、第四十五条：延期须经批准，特别程序所需时间须书面告知；疑点不利于当事人的，从宽认定
basis-data-fault = 首批红黄牌多为录入差错（酒泉）；数据差错与超期分开统计

## rules: why a finding is raised

second_correction-effect = { $why }；{ $name }只因第一次补正重新计算，其后的不再重新计算
extension_misuse-of = { $name }：{ $why }
withdrawn_at_limit = { $when } 撤回{ $entry }，{ $name }于 { $due } 到期
withdrawn_at_limit-not_accepted = { $when } 受理之后又不予受理{ $entry }，{ $name }于 { $due } 到期
doubtful_fact = { $reasons }。{ $days }；提示从严，发牌从宽。请{ $remedies }
doubtful_fact-due = { $name }从严 { $earliest } 到期，从宽 { $latest } 到期

## time_limit: a clock near its limit or past it

time_limit-begun = { $begun } 起算，{ $what }{ $again }{ $provisional }
time_limit-deemed = 逾期未告知，依{ $basis }自 { $begun } 起视为受理并起算，{ $what }{ $again }{ $provisional }
time_limit-met_late = { $name } { $limit }，{ $due } 到期，{ $stop } { $done }，超期 { $late }
time_limit-overdue = { $name } { $limit }，{ $due } 到期，{ $open }，已超期 { $late }
time_limit-running = { $name } { $limit }，{ $due }，{ $open }
time_limit-due = { $due } 到期
time_limit-due_strictly = 从严口径到期日 { $strict }
time_limit-due_both = { $due } 到期（从严口径到期日 { $strict }）
time_limit-in_brackets = （{ $words }）
time_limit-provisional = （该年度放假安排尚未公布，日期暂定）
time_limit-again = { $again } 再次补正，依法应当一次告知，时限不再重新计算
time_limit-back = { $name }：应于 { $event } 之前 { $limit }，即最迟 { $due } 办理，{ $done }
time_limit-back_done = { $done } 才办理
time_limit-back_open = 没有办理记录
time_limit-hours = { $count } 小时
time_limit-minutes = { $count } 分钟
time_limit-moment = 不足 1 分钟

## promises: promises beside the law

promises-longer = { $code }（承诺 { $promised }，{ $basis }为 { $law }）
promises-from = { $code }自{ $from }起
promises-too_long = 注意：{ $count }个事项目录未填法定时限，承诺时限长于法律规定的时限：{ $items }。依其他法律、法规可以更长的，请在“法定时限”中填写；否则请缩短承诺时限
promises-unsure = 注意：{ $count }个事项目录未填法定时限，承诺时限无法与法律规定的时限比较：{ $items }。依其他法律、法规可以更长的，请在“法定时限”中填写；否则请缩短承诺时限
handed_over = { $when } 由{ $from }移交{ $unit }办理
handed_over-due = { $when } 由{ $from }移交{ $unit }办理，{ $days }
backdated_entry = { $kind } { $when } 记为 { $said } 录入，而 { $read } 读取时尚无此记录
backdated_entry-unsaid = { $kind } 记为 { $when }，而到期后 { $read } 读取时尚无此记录，系到期后补录
backdated_entry-moves = { $kind } 记为 { $when }{ $entry }；不计该记录，{ $name }于 { $due } 到期
backdated_entry-changed = { $kind } { $when } 记为 { $said } 录入，而 { $read } 读取时该记录所载时间为 { $before }
bare_refusal = { $when } { $what }，没有说明理由
bare_refusal-not_accepted = 不予受理
calendar_ends = 工作日历只到{ $last }，此后的到期日均为暂定；请在放假通知公布后补入该年安排。
changed_after = { $what }，{ $seen } 读到
changed_after-told = { $what }，{ $seen } 读到；此前 { $told } 已发出告知邮件
changed_after-many = { $what }，先后改动{ $times }次，首次于 { $first }、最近一次于 { $seen } 读到
changed_after-many_told = { $what }，先后改动{ $times }次，首次于 { $first }、最近一次于 { $seen } 读到；此前 { $told } 已发出告知邮件
changed_after-origin = { $what }（最初为 { $origin }）
changed_after-again = 审核之后又有改动：{ $what }
changed_after-more = 另有{ $more }处改动
changed_after-header = { $old } 改为 { $new }
changed_after-emptied = { $kind }时间 { $before } 已清空
changed_after-trace = { $kind }时间 { $before } 改为 { $when }（{ $after }）
clock_stopped = “{ $name }”此前在{ $before }件办件上计时，现已无一件：{ $cause }。
clock_stopped-configuration = 配置中已不再启用该计时
clock_stopped-catalogue = 事项目录中已没有适用该计时的事项
clock_stopped-limits = 适用该计时的事项均已无相应时限
clock_stopped-dark = 数据源{ $sources }无法读取
clock_stopped-unknown = 原因不明，请核查近期配置、目录和数据源的变动
copied_reason = { $unit }九十日内以同一理由“{ $reason }”不予受理 { $count } 件
data_fault-crowded = 同一办件有“{ $kind }”痕迹{ $count }条，只按最早的{ $most }条计算
data_fault-crowded_kind = 同一办件“{ $kind }”痕迹过多
data_fault-no_header = 有办理痕迹，但没有办件基本信息
data_fault-future = { $kind }时间 { $when } 在将来
data_fault-order = { $later }时间 { $ended } 早于{ $earlier }时间 { $begun }
data_fault-taken_out = { $what } 已从记录中去掉
data_fault-unbegun = 有{ $kind }时间 { $when }，没有受理或者申请时间，无法计时
data_fault-beginning = 原有的{ $kind }时间 { $when }
data_fault-item = 事项编码“{ $code }”不在事项目录中
data_fault-unit = 单位编码“{ $code }”不在单位名录中
data_fault-unmapped = 有一条记录的一项无法读取：“{ $column }”列的代码“{ $code }”没有映射
data_fault-content = 所填内容
data_fault-cell = 有一条记录的一项无法读取：{ $reason }
data_fault-row = 有一条记录无法读取：{ $reason }
data_fault-twice = 编号“{ $number }”在来源中重复
data_fault-doubled = 编号“{ $number }”在来源中重复（{ $places }），各条记录分别计时
data_fault-line = { $file } 第{ $line }行
data_fault-number = 第{ $row }条
data_fault-more = 另有{ $more }处，见办件详情
referred-together = 数据源“{ $source }”有{ $count }件超期或者临近到期的办件记录有差错（{ $named }），多为来源系统、导出或者字段映射的问题
deemed_granted = { $due } 前未作决定，依{ $basis }视为准予
dummy_values = { $when } { $kind }的内容填写为“{ $text }”
dummy_values-own = { $when } 的延期由承办人“{ $by }”自己批准
entered_together = { $accepted } 受理、{ $decided } 决定，却在 { $entered } 一次录入
entry_burst = { $by } 于 { $first } 至 { $last } 录入 { $count } 件的办结，如 { $examples }
expired_item-ended = { $when } { $kind }，而事项“{ $item }”已于 { $until } 后失效
expired_item-to_come = { $when } { $kind }，而事项“{ $item }”自 { $from } 起才生效
fee = 实收 { $sum } 元（最后一次 { $when }），收费标准为 { $fixed } 元
last_day_heap = 九十日内办结 { $all } 件，其中 { $on_last_day } 件恰在到期当日办结
last_day_heap-over = 近九十日内到期当日办结的已不足四成
ledger_begun = 监察台账{ $path }自今日起启用，此前由其他台账告知的监察牌、作出的核定均不在其中。如系首次安装或有意另立台账，无需处理；如非有意，请将配置中的 ledger 改回原路径
ledger_begun-beside = 监察台账{ $path }自今日起启用，此前由其他台账告知的监察牌、作出的核定均不在其中。同一文件夹内另有{ $count }个台账（{ $named }）。如系首次安装或有意另立台账，无需处理；如非有意，请将配置中的 ledger 改回原路径
ledger_begun-digest = 监察台账（{ $path }）自{ $began }起启用，此前由其他台账告知的情况不在其中
ledger_replaced-another = 监察台账{ $path }不是此处上次使用的那一份：现有台账运行{ $now }，上次使用的台账运行{ $last }；由上次使用的台账告知的监察牌、作出的核定均不在其中。如非有意更换，请停止服务并恢复原台账
ledger_replaced-older = 监察台账{ $path }是一份较早的备份：运行{ $now }，此处上次使用时已运行{ $last }；其间告知的监察牌、作出的核定不在其中，其间的记录将重新读取，已发出的邮件可能再次发出；其间执行过 jianchad forget 的，须再次执行。如系恢复备份，除确认台账外无需处理
ledger_replaced-unknown = 监察台账{ $path }（运行{ $now }）是否为此处上次使用的那一份无从查证：旁边的文件{ $note }不在或者无法读取。如系迁移安装或恢复备份，除确认台账外无需处理；如非有意，请核对台账来源
ledger_replaced-mark = 至第{ $round }轮（{ $at }）
met_unseen = { $from } 至 { $until } 未能读取，其间到期的办件中有 { $count } 件仅凭恢复后才读到的记录而未超期：{ $named }；这些记录是否当时所录，读取存档无从证明
met_unseen-case = { $number }（{ $due }到期）
late_entry = { $count } 条痕迹事后补录，其中{ $kind } { $when } 发生，{ $entered } 才录入
missing_step = 已办结，但必经环节“{ $stages }”没有办理痕迹
missing_step-open = “{ $later }”已于 { $when } 办理，其前的必经环节“{ $stages }”没有办理痕迹
number_gap = { $from } 至 { $to } 共 { $all } 个编号，其中 { $missing } 个没有办件，如 { $examples }
number_gap-over = 缺号已补齐，或者编号已不再连续
list-quoted = ”、“
off_hours_entry = { $count } 条痕迹在非办公时间录入，其中{ $kind } { $when }
off_hours_entry-day_off = { $count } 条痕迹在非办公时间录入，其中{ $kind } { $when }（非工作日）
off_system = { $from } 至 { $to } 的“{ $list }”中有 { $pieces } 条没有对应办件，如 { $examples }
off_system-over = 近九十日内已没有缺少办件的佐证；更早的仍列于 evidence_matches
one_person = 受理、各环节和决定均由“{ $by }”一人办理
required_field = { $kind } { $when } 未填{ $part }
silent = { $name }已连续 { $days } 个工作日没有新办件
silent-before = { $name }已连续 { $days } 个工作日没有新办件；此前 { $all } 个工作日中有 { $active } 日有新办件，最长间隔 { $longest } 日
silent-over = 又有新办件
entered_ahead = { $kind }时间 { $when }，而 { $read } 读取时已有该记录，系提前录入
seen_finished = { $begun } 开始、{ $ended } 办结，{ $seen } 才首次出现在系统中
second_correction-after = 受理之后 { $when } 才告知补正
second_correction = 告知补正 { $count } 次：{ $days }
source_dark-overdue = 最近一次报送为{ $at }，此后超过{ $allowed }个工作日没有新数据；该时刻之后到期的办件暂不发牌。请检查数据交换是否正常；如间隔本应更长，请调整该数据源的 overdue_after
source_dark-removed = 该数据源已不在配置中，其未办结的{ $cases }件办件不再读取，也不再发牌；如系改名，请在新名称下写明 was，否则其办件将按新数据源重新计入
source_suspect-gone = 核对的{ $compared }件办件中有{ $missing }件已查不到：{ $named }
source_suspect-taken_back = { $cases }件办件此前读到的内容被清空，或者退回到更早的内容：{ $named }
source_suspect-otherwise = 据以存疑的{ $cases }件办件，内容仍与此前读到的不同：{ $named }
source_suspect-nothing_known = 来源中没有任何此前读到的办件
source_suspect-older = 最新标记倒退（{ $reads }），与换成较早的备份一致
source_suspect-meanwhile = 该数据源存疑期间，其办件不作判定、不因时间推移发牌；恢复原状后自动解除，确属如此的，由人确认（jianchad source accept）
special_misuse-last_day = { $when } 开始的特别程序始于{ $name }的最后一日或者之后
special_misuse-long = { $when } 开始的特别程序批准 { $granted }，超过 { $cap }
special_misuse-no_end = 已办结，特别程序却没有结束
special_misuse-late_end = 已办结，特别程序此后才结束
special_unpaired-no_beginning = 特别程序 { $end } 结束，却没有开始记录
special_unpaired-again = 特别程序 { $first } 开始，尚未结束，{ $again } 再次开始，未载明编号，只按其中一次扣除
special_unpaired-twice = 同一特别程序 { $first } 开始，尚未结束，{ $again } 再次开始
special_unpaired-backwards = 特别程序结束时间 { $end } 早于开始时间 { $begun }
special_unpaired-effect = { $odd }；更正前不扣除
step_due-done = “{ $step }”的期限为 { $due }，实际办理时间为 { $when }
step_due-undone_over = “{ $step }”的期限为 { $due }，到期未办理，办件现已结束
step_due-undone = “{ $step }”的期限为 { $due }，到期（或者办结时）仍未办理
too_fast = { $begun } 受理、{ $ended } 决定，只隔 { $minutes } 分钟
unmapped_code = 数据源“{ $source }”的“{ $column }”列有{ $codes }，涉及记录 { $rows } 条、办件 { $cases } 件{ $example }；{ $held }
unmapped_code-anew = { $why }；首次读取前已办结或久无动静的办件，补入映射前不发牌
unmapped_code-one = 未映射的代码“{ $code }”
unmapped_code-many = 多个未映射的代码
unmapped_code-such_as = （如 { $case }）
unmapped_code-over = 暂缓期限已过，这些办件按其余记录判定、发牌
unmapped_code-held = 至 { $day } 为止，这些办件不新发黄牌、红牌（以后才出现此类代码的办件，自其首次读到之日起算）；到期仍未补入映射的，记录计为数据差错，按其余记录判定、发牌
vanished = { $when } 核对时，来源中已查不到本办件原有的 { $rows } 条记录（或已标为删除），原记录已留存
vanished-told = { $when } 核对时，来源中已查不到本办件原有的 { $rows } 条记录（或已标为删除），原记录已留存；此前 { $told } 已发出告知邮件
wrong_order = “{ $stage }”（{ $when }）早于“{ $before }”（{ $at }）
wrong_order-both = “{ $stages }”只应办理其一

## fall: why a finding ends

fall-moved = { $why }（{ $moved }）
fall-over = 移交后的办件已办结
fall-not_handed_over = 按现有记录，该件没有移交
fall-mended = 记录已补正
fall-came = 所载时间已到，或记录已补正
fall-back = 消失的记录已恢复
fall-settled = 疑点已不影响结果
fall-no_limit = 按现有记录，该时限不适用于本办件
fall-in_time = { $due }到期，{ $stop }已{ $kind }，在时限以内
fall-not_due = 按现有记录和工作日历，到期日为{ $due }，条件不再成立
fall-unmapped = 记录中的代码尚未映射，已转系统管理员处理
mended-calendar_ends = 放假安排已补入工作日历
mended-clock_stopped = 该计时已恢复运行，或已按规定停用
mended-unmapped_code = 该代码已补入映射，或者有关记录已更正
mended-source_suspect = 该数据源已恢复原状，或者已由人确认
mended-ledger = 已告知，台账照常使用
mended-mail_refused = 该邮箱已恢复收件
mended-source = 数据源已恢复正常
mended-switched_off = 该规则已停用
mended-lower_card = 按现行监察规则，该情形的牌级已下调
moves-calendar = 工作日历更新（{ $before } → { $after }）
moves-rules = 监察规则更新（{ $before } → { $after }）
moves-record = 来源记录更新
moves-mapping = 数据源“{ $source }”改按新的映射读取
moves-due = 到期日由 { $before } 改为 { $after }：{ $why }。{ $what }
hold-until = 代码尚未映射，已转系统管理员；至 { $day } 为止不新发黄牌、红牌
hold-until_mapped = 首次读取前已办结或久无动静，代码补入映射前不新发黄牌、红牌
hold-over = 所用代码至 { $day } 仍未补入映射，不再暂缓，按其余记录判定

## unread_files: files of a source that cannot be read, and for how long cases wait for them
unread_files-held = { $why }；可能涉及的办件至 { $day } 为止不作判定、不发牌，到期仍读不出的，按其余记录判定、发牌
unread_files-over = { $why }；没有办件因此暂缓，均按其余记录判定、发牌

## record: what a record says, before and now

record-seen = { $seen } 发现
record-remapped = { $seen } 按更改后的映射读出
record-entered = { $at } 录入
record-first_read = { $seen } 首次读取时已在案
record-trace = { $when } { $kind }
record-stage = { $trace }“{ $stage }”
record-unit = { $trace }，单位{ $unit }
record-asked = { $trace }，{ $asked } 申请
record-amount = { $trace }，{ $limit }
record-number = { $trace }，数额 { $number }
record-said = { $trace }，{ $said }
record-named = { $name }（{ $code }）
record-code = “{ $code }”
record-item_is = 事项{ $value }
record-unit_is = 单位{ $value }
record-date_is = 日期“{ $name }”{ $value }
record-step_due_is = 环节“{ $step }”的期限{ $value }
record-none = （空）
cell-garbled = 字节不是 UTF-8 编码（可能按 GB18030 存入）
cell-too_long = 文本过长，未读取
cell-blob = 应为文本之处是二进制数据
cell-failed = 此处的表格公式没有结果（`#N/A`、`#REF!`，或从未计算）
cell-quoted = “{ $shown }”
cell-not_shown = 此处不予显示的值（疑为个人号码）
cell-unknown_code = { $code }是未知代码：请补入 `codes`
cell-unknown_outcome = { $code }是未知的办理结果：请补入 `outcomes`
cell-no_date = { $text }不是 1970 年至 2199 年间存在的日期
cell-no_time = { $text }不是按本数据源的时间格式书写的
cell-no_length = { $text }不是期限：应写作 10wd、30d，或不超过 { $most } 的数字
cell-no_key_value = 没有键值
cell-no_number = 没有办件编号
cell-other_unit = { $text }按此格式为 1970 年的时间，数字单位可能不符（秒、毫秒或天）
cell-two_days = { $text }按本读取项的时间格式既可读作 { $one }，也可读作 { $other }
cell-no_value = { $text }是表格软件在没有值时写入的内容，不是编号
cell-damaged_number = 编号已损坏：表格软件把它写成了科学计数法，末位数字已丢失；请以文本格式重新导出
cell-single_number = 编号所在列为位数不足的浮点数（`float`、`real`），不同编号会显示成同一个，无法区分办件；请数据库属主改用文本或整数保存
cell-fraction_number = { $text } 带有小数，不是办件编号
cell-long_number = 办件编号超过 { $most } 个字节
cell-no_key = 记录的主键为空
cell-long_key = 记录的主键超过 { $most } 个字节
cell-no_item = 没有事项编码
cell-open_quote = 该行在引号内中断，引号始终没有闭合
cell-fields = 有 { $fields } 个字段，而表头只有 { $columns } 个
cell-crowded = 该办件的痕迹超过{ $most }条，除申请、受理和结束办件的以外不再读入，请检查字段对应是否正确
cell-many_rows = 编号“{ $number }”出现在 { $most } 条以上互不为新旧版本的记录中：办件编号列是否配置正确？
cell-outside = { $file }：{ $events }个事件不在任何办件（trace）之内，未计入
cell-row_at = { $file } 第{ $line }行：{ $what }
cell-at = { $file } 第{ $line }行“{ $column }”列：{ $what }
cell-of = “{ $column }”列：{ $what }
outcome-not_held = 信息不存在
outcome-elsewhere = 非本机关职责
outcome-disclosed = 予以公开
outcome-not_disclosed = 不予公开
outcome-disclosed_in_part = 部分公开
outcome-licensed = 准予许可
outcome-not_licensed = 不予许可
outcome-granted = 准予
outcome-refused = 不予办理
outcome-granted_in_part = 部分准予

## dispute: a supervisor is asked whether a card falls

dispute-of_unit = 到期时由{ $unit }承办，超期由其承担：{ $why }
dispute-not_due_then = { $why }；{ $told } 告知时尚未到期
dispute-question = { $told } 告知之后，{ $facts }{ $rests_on }；由此得出：{ $now }；是否撤销，须经监察人员核定
dispute-again = { $upheld } 核定维持之后又有录入：{ $question }
dispute-rests_on = ；该牌所依据的计时：{ $count }
dispute-count = { $name } { $limit }，{ $started } 起算{ $days }，{ $due } 到期{ $late }
dispute-days = ，计满{ $days }个工作日
dispute-late = ，告知时已超期 { $late }
dispute-changed = { $old }（{ $was }）改为 { $new }（{ $entry }）
dispute-taken_out = 删去 { $old }（{ $was }；{ $entry }）
dispute-added = 补录 { $new }（{ $entry }）
dispute-holds = 按现有记录该牌仍然成立
dispute-upheld = 办件已办结；该牌经监察人员核定维持
reminder-unanswered = { $told }已告知，至今没有反馈
reminder-overdue = { $told }已告知，应于{ $due }反馈，至今没有反馈
reminder-order_late = 督办要求{ $due }办结，{ $over }才了结
reminder-order_open = 督办要求{ $due }办结，至今没有办结
question-withdrawal = 自{ $since }起待核撤
question-objection = { $since }提出申诉
question-undecided = { $what }，至今没有决定
question-overdue = { $what }，应于{ $due }决定，至今没有决定

## coverage: where an item stands, and why

coverage-active = 近期有办理痕迹
coverage-unknown = { $last }之后再无痕迹，而其数据源自 { $dark } 起没有数据，情况不明
coverage-silent = 曾有办理痕迹，{ $last }之后再无痕迹
coverage-exempt = { $reason }（{ $by }批准）
coverage-exempt_until = { $reason }（{ $by }批准，至{ $until }）
coverage-exemption_over = 豁免已到期，从未有办理痕迹
coverage-declared = 目录标为在审批系统办理，但从未有办理痕迹
coverage-vertical = 在垂管部门自有系统办理
coverage-offline = 线下办理
coverage-left = 不再列入目录
coverage-from = 自{ $from }起实施
coverage-until = 有效期至{ $until }，已过
coverage-season = 办理季节为{ $season }
coverage-seasonal_unit = 季节性单位，近期没有办理
season = { $from_month }月{ $from_day }日至{ $to_month }月{ $to_day }日
coverage-none = 截至 { $at } 没有测算过覆盖率

## measure: what is divided by what

measure-items = 有过办理痕迹的事项／目录事项（有效期内）
measure-items_not_exempt = 有过办理痕迹的事项／目录事项（不含豁免）
measure-items_active = 近期有痕迹的事项／目录事项（不含非办理季节的）
measure-units = 有活跃事项的单位／有窗口的单位
measure-places = 有服务中心的乡镇／乡镇
measure-cases = 与办件相符的佐证／佐证
measure-traces = 办结件已留痕的必经环节／办结件的必经环节
measure-timely = 按时录入的痕迹／已知录入时间的痕迹
measure-fields = 已填的必填项／必填项

## card_table: the tables of cards that ship

card_table-hunan = 湖南（两级时限）
card_table-order_and_escalate = 两级时限，逾期未办升级
card_table-ninety_percent = 时限过九成发牌
card_table-changed = { $title }，本地有调整

## refiled: ended, and begun anew

refiled-earlier = 原办件 { $number } 于 { $when } 撤回（{ $due } 到期），本办件为其重新申报
refiled-same_number = { $when } 撤回{ $entry }（{ $due } 到期），此后以同一编号重新受理
refiled-taken_back = { $left } { $end }{ $left_entry }，{ $back } 未见重新申请即以同一编号再次受理{ $back_entry }，时限重新起算
refiled-time_and_again = 同一编号了结后二十个工作日内又重新办理，如此先后办理 { $count } 次：首次自 { $first } 起，本次自 { $last } 起
refiled-times = { $why }；该件已如此 { $count } 次
refiled-first_run = { $why }；首次计时自 { $started } 起，{ $due } 到期
entry-unseen = （{ $at } 读取时尚无此记录）
entry-entered = （{ $at } 录入）

time-nothing = 无法确认系统时间：目前没有待确认的时间跳变
time-nothing_remedy = 用 jianchad status 查看是否有待确认的时间跳变；系统时间有误时请用 timedatectl 校准
time-accepted = 已由{ $by }确认：本机时间 { $at } 正确；此前最近一轮为 { $last }。下一轮按此时间继续（systemctl reload jianchad 可立即开始一轮）。
time-step = 本机时间由 { $last } 跳至 { $at }
time-held = 本机时间为 { $at }，而最近一轮在 { $last }，时间跳变待确认：暂停研判和发信。时间有误的，请用 timedatectl 校准；时间无误的，请执行 jianchad time accept --by 姓名 --why 理由，或等待记录佐证后自动恢复（其间有工作日的，须有三件以上办件的当日记录，且半数以上工作日有记录）。
time-accepted_by = 本机时间由 { $last } 跳至 { $at }，已由{ $by }确认，下一轮恢复
time-was_accepted = 本机时间曾跳变：最近一轮在 { $last }，其后显示为 { $at }，经{ $who }确认，自 { $until } 起继续监察。请核对此前后作出和撤销的判定（视图 time_steps、findings）
time-was_agreed = 本机时间曾跳变：最近一轮在 { $last }，其后显示为 { $at }，因有当日记录，自 { $until } 起继续监察。请核对此前后作出和撤销的判定（视图 time_steps、findings）
time-was_mended = 本机时间曾有误：最近一轮在 { $last }，其后显示为 { $at }；其间未研判、未发信，至 { $until } 已校准
held_mail-nothing = 无法确认台账：目前没有因台账更换而暂停发送的邮件
held_mail-nothing_remedy = 用 jianchad status 查看是否有暂停发送的邮件
held_mail-held = 现有台账不是此处上次使用的那一份或者是其较早的备份，可能不知道哪些监察牌已经告知，为免重复告知，自 { $since } 起办件邮件暂停发送，读取和研判照常进行。jianchad plan 可查看将告知的内容；台账无误的，请执行 jianchad ledger accept --by 姓名 --why 理由；有误的，请停止服务并恢复原台账。{ $until }之前无人确认的，此后自动恢复发送
held_mail-over = 现有台账不是此处上次使用的那一份或者是其较早的备份，自 { $since } 起办件邮件暂停发送；至{ $until }无人确认，现已恢复发送，已告知过的监察牌可能再次告知
held_mail-accepted = 现有台账不是此处上次使用的那一份或者是其较早的备份，自 { $since } 起办件邮件暂停发送；已由{ $by }于 { $at } 确认台账无误，现已恢复发送
held_mail-with = { $why }；{ $said }
held_mail-released = 已由{ $by }确认台账无误：邮件自下一轮起恢复发送（systemctl reload jianchad 可立即开始一轮）。

## server: why a database server cannot be read, and what to try

server-of_read = 读取 `{ $read }`：{ $what }
server-said = { $what }；服务器提示“{ $said }”
server-password = 无法从 { $file } 读取 { $place } 的登录密码（{ $why }）
server-password_try = 请将密码写入该文件，仅允许运行 jianchad 的用户读取（权限 600）；由 systemd 运行的，用 LoadCredential 传入
server-unreachable = 无法连接 { $place }（{ $why }）
server-unreachable_try = 请核对 `host` 和 `port`，检查数据库是否对网络开放（listen_addresses）、中间防火墙以及服务单元的 IPAddressAllow 设置
server-mute = { $place } 已连接，但 { $seconds } 秒没有应答
server-mute_try = 请数据库管理员查看其繁忙原因；确属速度较慢的，可调大该数据源的 `timeout`
server-ended = 对 { $place } 的读取已中止
server-no_greeting = { $place } 已连接，但 { $seconds } 秒没有应答，而 MySQL 会先发出问候：该端口很可能由其他程序使用
server-no_greeting_try = 请核对 `host`、`port` 和 `kind`（PostgreSQL 和网站服务器都等待对方先开口）；确为 MySQL 而只是速度较慢的，可调大该数据源的 `timeout`
server-broken = 与 { $place } 的连接中断（{ $why }）
server-broken_try = 偶发的无须处理，已读内容保留，下一轮重新读取；反复出现的请查看数据库服务器日志
server-no_tls = { $place } 未启用 TLS 加密
server-no_tls_try = 请数据库管理员启用加密（ssl = on 并配置证书）；tls = "off" 会以明文传输记录和登录信息，仅限他人无法监听的线路使用
server-tls = 无法与 { $place } 建立加密连接（程序库提示“{ $why }”）
server-tls_try = `ca_file` 请填写签发该服务器证书的机构证书，`host` 请填写证书上的名称；服务器须支持 TLS 1.2 及以上版本
server-login = { $place } 拒绝登录
server-login_try = 请核对 `user` 和密码，并确认服务器 pg_hba.conf 允许本机登录（hostssl、scram-sha-256）
server-mechanism = { $place } 要求的登录方式 jianchad 不支持：{ $name }
server-mechanism_try = 请在服务器 pg_hba.conf 中为该账号启用 scram-sha-256（或 md5）
server-opengauss = { $place } 使用 openGauss／GaussDB 专有的登录方式，与 PostgreSQL 不同
server-opengauss_try = 请其管理员设置 password_encryption_type = 1 并重设该账号密码，使其同时保存 PostgreSQL 的 md5 登录信息
server-clear = { $place } 要求在未加密的连接上以明文传送密码，密码未发送
server-clear_try = 请使用 tls = "require"，或让服务器改用 scram-sha-256
server-no_database = { $place } 不存在
server-no_database_try = 请核对 `database`
server-crowded = { $place } 连接数已满
server-crowded_try = 偶发的无须处理；否则请数据库管理员调大 max_connections 或该账号的连接上限：jianchad 每次只用一个连接，管理员查看时另需一个
server-not_ready = { $place } 正在启动、停止，或断开了连接
server-slow = 在 { $place } 上执行语句超过 { $seconds } 秒
server-cut_short = { $place } 在 jianchad 自设的时限之前中止了语句
server-cut_short_try = 该账号、其数据库或服务器管理人员提前中止了语句：请执行 `alter role … reset statement_timeout`（含 `… in database …`），并查看服务器日志中被取消的请求
server-cut_short_try_mysql = 有人中止了语句（`kill query`），或该账号另有时限：请查看服务器日志
server-slow_try_mysql = 请为水位列建立索引，或缩小查询范围，或调大该数据源的 `snapshot_at_most`
server-slow_try = 请为水位列建立索引，或缩小查询范围，或调大该数据源的 `timeout`
server-locked = { $place } 上要读取的内容被他人锁定
server-locked_try = 偶发的无须处理，下一轮重试；否则请查明何人在变更该表（alter table、vacuum full）
server-conflict = { $place } 因同步主库的变更而中止了读取
server-conflict_try = 无须处理，下一轮重试；反复出现的，请调大备库的 max_standby_streaming_delay
server-behind = { $place } 是备库，尚未同步到此前已读取的内容，落后主库日志 { $bytes } 字节
server-behind_try = 无需处理：待其追上或升为主库后自动恢复读取；在此期间不以其所缺内容作任何判定
server-held = 对 { $place } 的一次快照已保持超过 { $seconds } 秒
server-held_try = 请改为读取有主键（浮点数主键除外）的表而不是查询或视图，以便换用新快照继续读取；或调大该数据源的 `snapshot_at_most`（其间对方服务器须保留旧行）
server-disordered = { $place } 返回该表各行的顺序与其比较主键的顺序不一致，或有行重复返回，无法确认是否读全
server-disordered_try = 请以 `query`（从该表查询所需各列）代替 `table`，改为一次读完；并请告知其主键各列的类型
server-miscounted = 从该表读到 { $came } 行，而表中有 { $there } 行：{ $place } 比较主键的方式与排序不一致
server-no_table = { $place } 没有该账号可见的表或视图 `{ $table }`；现有 { $there }
server-no_tables = { $place } 没有该账号可见的表或视图 `{ $table }`；该账号看不到任何表
server-no_table_try = 请更正 `table` 或 `schema`，或请数据库属主授予该模式的 usage 权限和该表的 select 权限
server-forbidden = 该账号无权在 { $place } 上读取此内容
server-forbidden_try = 请数据库属主将映射所用各列的 select 权限及所在模式的 usage 权限授予该账号
server-query = { $place } 拒绝执行语句
server-query_try = 请更正该读取的 `query`、`table` 或列名；query 只能是一条 select 语句
server-undecodable = { $place } 无法转换某项文本的编码
server-undecodable_try = 某行的字节与数据库声明的编码不符，请数据库属主查找；`encoding` 仅对编码为 SQL_ASCII 的数据库有效
server-foreign = { $place } 的应答不符合该类数据库的协议（程序提示“{ $what }”）
server-foreign_try = 请核对 `host` 和 `port`，该端口可能由其他程序使用
server-refused = { $place } 拒绝执行
server-refused_try = 请查看其提示；下一轮重试
server-no_tls_try_mysql = 请数据库管理员启用加密（ssl_cert、ssl_key）；tls = "off" 会以明文传输记录和登录信息，仅限他人无法监听的线路使用
server-login_try_mysql = 请核对 `user`、密码和 `database`，以及该账号允许从哪台机器登录（'jianchad'@'10.1.2.9'）
server-mechanism_try_mysql = 请将该账号的登录方式改为 caching_sha2_password 或 mysql_native_password
server-clear_try_mysql = 请使用 tls = "require"：加密后服务器方可索取密码
server-crowded_try_mysql = 偶发的无须处理；否则请数据库管理员调大 max_connections 或该账号的 MAX_USER_CONNECTIONS：jianchad 每次只用一个连接，管理员查看时另需一个

## program: why a program that reads gives no rows, and what to try

program-said = { $what }；程序输出：{ $said }
program-untrusted = 拒绝运行 { $path }：{ $why }
program-untrusted_try = 请将该程序及其各级上级目录的属主改为 root，并取消其他人的写权限（`chown root:root`、`chmod go-w`）
program-start = 无法启动 { $path }（{ $why }）
program-start_try = 请核对 `command`、`directory` 和程序首行；由服务单元运行的，还应核对其沙箱是否允许访问所需内容（见 docs/operations.md）
program-folder = 无法在 { $folder } 下启动 { $path }（{ $why }）
program-credential = 未启动 { $path }：无法从 { $file } 读取其密码（{ $why }）
program-credential_try = 请将密码写入该文件，仅允许运行 jianchad 的用户读取（权限 600）；由 systemd 运行的，用 LoadCredential 传入
program-request = 未启动 { $path }：需告知程序的内容超过 60 KiB
program-request_try = 请减少读取的列，或缩短 `query`
program-code = { $path } 运行失败，退出码 { $code }
program-code_try = 请查看程序输出；可用运行 jianchad 的用户手工执行，或运行 `jianchad check-config --sources`
program-signal = { $path } 被信号 { $signal } 终止
program-signal_try = 请查看程序输出和系统日志：程序可能崩溃，或系统内存不足
program-processor = { $path } 占用处理器时间超过 { $seconds } 秒
program-processor_try = 请让程序只取所需记录（`since`），或调大该数据源的 `processor_at_most`
program-unfinished = { $path } 未报告 `{ $read }` 的记录总数即结束
program-count = { $path } 报告 `{ $read }` 共 { $told } 条记录，实际给出 { $counted } 条
program-line = { $path } 输出的第 { $line } 行{ $what }
program-long_line = { $path } 输出的第 { $line } 行超过 1 MiB
program-no_read = { $path } 输出的第 { $line } 行未说明属于哪个读取项
program-after = { $path } 在最后一条记录之后仍有输出（第 { $line } 行）
program-left_behind = { $path } 已结束，但遗留的进程仍占用其输出
program-lingers = { $path } 已给出全部记录，但一直不退出
program-ends_try = 程序应等待其启动的进程结束，并在写出最后一行后自行退出
program-ended = 对 { $path } 的读取已中止
program-broken = 无法读取 { $path } 的输出（{ $why }）
program-protocol_try = 请修正该程序：每条记录一行，为一个 JSON 对象；每个读取项的最后一行为 `{"{"}"rows": N{"}"}`（见 docs/operations.md）
program-float_try = 此类号码请以文本形式输出：带小数的数值已丢失末尾数字，可能使两个办件混为一件
program-encoding_try = 请用该数据源的 `encoding` 注明其输出编码（如 "gb18030"），或让程序输出 UTF-8
program-missing_try = 请更正该读取项映射中的列名，或让程序输出该列，无内容的写 `null`

## program_line: what is wrong with a line of a program

program_line-no_json = 不是 JSON 对象（第 { $column } 个字符处）
program_line-no_utf8 = 不是 UTF-8 编码
program_line-doubled = 两次出现 { $name }
program_line-nested = 的 { $name } 是列表或对象
program_line-float = 的 { $name } 是已丢失末尾数字的数值
program_line-long_name = 有超过 256 字节的列名
program_line-nothing = 缺少 { $names }
program_line-missing = 缺少 { $names }；现有 { $there }

## trusted: why a program is not run

trusted-not_run = 没有执行权限
trusted-owner = { $path } 属于编号为 { $owner } 的用户，该用户可以改动它
trusted-all = 任何人都可写入 { $path }
trusted-group = 编号为 { $group } 的用户组可写入 { $path }

## about: what an administrator is told of a database server

foreign-no_greeting = 应答开头不是 MySQL 的问候
foreign-too_old = 版本早于 MySQL 4.1
foreign-no_mysql_login = 登录过程与 MySQL 不符
foreign-tls_answer = 对是否启用 TLS 的询问答非所问
foreign-zero_name = 名称中含有零字节
foreign-no_postgres_login = 登录过程与 PostgreSQL 不符
foreign-no_login = 所要求的登录方式无法识别
foreign-no_proof = 未能证明其持有该账号的密码信息
foreign-no_md5 = 其登录不是 MD5 方式
foreign-no_scram = 其登录不是 SCRAM 方式
foreign-zero_password = 密码中含有零字节
foreign-long_statement = 语句过长
foreign-other_answer = 对查询答非所问
foreign-other_count = 声明的列与其列数不符
foreign-no_column = 列的说明无法识别
foreign-other_head = 行的列数与表头不符
foreign-more_rows = 返回的行数多于所要求的
foreign-other_rows = 所报行数与实际返回的不符
foreign-other_columns = 返回的列与所要求的不符
foreign-too_long = 一次应答超过 64 MiB
foreign-too_short = 消息短于其自报的长度
cause-network_refused = 对方拒绝连接
cause-network_closed = 对方关闭了连接
cause-network_reset = 对方中断了连接
cause-network_no_way = 网络不通
cause-network_no_name = 找不到该主机名对应的地址
about-server = { $server }，数据库编码 { $encoding }
about-standby = 该服务器为备库：主库提交的内容同步后才能读到；延迟有影响的，请用 `lag` 写明
about-no_encoding = 该数据库编码为 SQL_ASCII，无法得知文本的实际编码：请写明 `encoding = "gb18030"`，否则非 UTF-8 的单元格无法读取
about-clock_ahead = 该服务器时钟比本机快 { $seconds } 秒：请使两者与同一时间服务器同步
about-clock_behind = 该服务器时钟比本机慢 { $seconds } 秒：请使两者与同一时间服务器同步
about-superuser = 账号 { $user } 是该服务器的超级用户：jianchad 只需要只读账号，请另建账号并仅授予映射所用各列的 select 权限
about-writes = { $count ->
   *[other] 该账号可修改 { $count } 张表，包括 { $tables }
}。只读事务不能防止写入，请数据库属主逐表执行：revoke { $rights } on … from { $user }（权限来自 public 的，从 public 收回）
about-grants = 该账号拥有写权限：{ $grants }。只读事务不能防止写入，请数据库管理员收回，仅保留映射所用各列的 select 权限
about-powers = 账号 { $user } 拥有或可以取得只读以外的权限：{ $powers }。请数据库管理员收回
about-definers = 该账号可执行 { $functions }，其运行时使用属主的权限，能写入的该账号也就能写入。请数据库管理员收回该账号（及 public）的 `execute` 权限
about-roles = 该账号可以切换为角色 { $roles }，但看不到其权限：请数据库管理员核查这些角色能否写入
about-schema = 读取 `{ $read }` 所读的表为 { $table }
about-schemas = 读取 `{ $read }` 所读的表为 { $table }；另有 { $others } 同名，读哪一个取决于该账号的 search_path：请设置该数据源的 `schema`
about-row_security = 读取 `{ $read }`：{ $table } 的行级安全策略对该账号生效，被策略隐藏的行永远不会受到监督。请数据库属主为其建立可见全部行的策略（`for select using (true)`），或授予 `bypassrls`
about-single = 读取 `{ $read }`：列 `{ $column }` 为位数不足的浮点数（`float`、`real`），不同编号会显示成同一个：用作办件编号或主键的，此类记录一律不予采用。请数据库属主改用文本或整数保存
about-double = 读取 `{ $read }`：列 `{ $column }` 为浮点数：用作办件编号的，带小数或超过 15 位的不予采用
about-latin1 = 读取 `{ $read }`：{ $columns } 声明为 `latin1` 而含有非 ASCII 字符，其中的中文很可能是 GBK 编码。请写明 `encoding = "gb18030"`，否则姓名和编号会读错
about-no_watermark = 读取 `{ $read }` 未设 `watermark`：每一轮都读取全部行
about-no_index = 读取 `{ $read }`：没有以 `{ $column }` 开头的索引，每一轮都要扫描全表；请数据库属主建立索引

## forget: what is erased

forget-ask_case = 将永久删除办件 { $number } 的全部个人信息文字（办理人、备注、显示名称），邮件中的一并删除。日期、监察牌和监察事项保持不变。
forget-ask_person = 将永久删除所有办件的办理人、备注和显示名称中提到“{ $name }”的文字，邮件中的一并删除。日期、监察牌和监察事项保持不变。
forget-done = 已删除 { $texts } 处文字，并处理了 { $letters } 封邮件中的相应内容。此后数据源再报来的相同内容，先作标记再入台账。
forget-files = 已从邮件文件夹中移除 { $removed } 封。
forget-file = 文件夹 { $folder } 中有一封邮件未能移除：{ $why }
forget-left = 含有上述内容的 { $count } 封邮件此前已经发出，只能由收件人自行删除。收件人：{ $readers }。
forget-copies = 不在处理范围内的有：数据源本身、此前备份的台账、邮件服务器上的邮箱。由谁、何时、因何删除，见视图 erasures。
forget-short = 无法删除“{ $name }”：过短，几乎每句话里都有；请给出不少于 { $characters } 个字的姓名
forget-named = 登记内容不得出现被删除者的姓名：请由他人登记（--by），理由（--why）中也不要写姓名
forget-ask_records = 将永久删除所有办件的办理人、备注和显示名称中提到“{ $name }”的文字；邮件和监察事项的语句中保留。日期、监察牌和监察事项保持不变。
forget-ours = 不能按姓名删除“{ $name }”：{ $what }，删除会改动与其无关的邮件
forget-ours_remedy = 确系某人姓名的，请加 --only-records，只删除办理人、备注和显示名称中的，邮件和监察事项的语句中保留；也可以逐件删除（--case 办件编号）
forget-our_office = 监察机关的名称“{ $word }”中有这几个字
forget-our_unit = 单位“{ $word }”的名称或编码中有这几个字
forget-our_region = 区划“{ $word }”的名称或编码中有这几个字
forget-our_item = 事项“{ $word }”的名称或编码中有这几个字
forget-our_stage = 环节“{ $word }”的名称中有这几个字
forget-our_limit = 时限或其依据“{ $word }”中有这几个字
forget-our_source = 数据源“{ $word }”的名称中有这几个字
forget-our_number = 它是办件编号
forget-our_figure = 它是日期、时间或数字
forget-our_word = 本系统的用语中有这几个字
forget-nobody = 台账的办理人、备注和显示名称中没有“{ $name }”，名录中也没有这位联系人；未作任何删除
forget-nobody_remedy = 请按记录中的写法再试。如需预先登记，使以后报来的该姓名先作标记再入台账，请加 --in-advance
forget-spelled = 台账中有写法不同的编号：{ $numbers }
forget-stays_number = 办件编号中仍有该姓名，共 { $count } 个：{ $texts }。编号用于辨认办件，不在此删除；需要掩去的，请由数据源（或其视图）改报不含姓名的编号，原编号仍留在台账中。
forget-stays_item = 报来的事项中仍有该姓名，共 { $count } 个：{ $texts }。事项用于确定时限，不在此删除；请在数据源中更正。
forget-stays_stage = 环节中仍有该姓名，共 { $count } 个：{ $texts }。环节用于计时，不在此删除；请在数据源中更正。
forget-stays_code = 单位、编码、行键或列名中仍有该姓名，共 { $count } 个：{ $texts }。不在此删除；请在数据源中更正。
forget-stays_contact = 名录的联系人中仍有该姓名：{ $texts }。请在 contacts.csv 中更换。
forget-stays_longer = 以下姓名含有该姓名，按他人处理，未删除：{ $texts }（共 { $count } 个）。确系同一人的，请分别删除。
forget-stays_spelling = 还有另一种写法，未删除：{ $texts }。请按该写法再执行一次。
forget-stays_alike = 另有编号仅写法不同的办件，未删除：{ $texts }。确系同一办件的，请分别删除。
forget-stays_ours = 邮件和监察事项的语句中保留：{ $texts }（也是单位、事项名称或本系统的用语，或按 --only-records、--in-advance 保留）。
forget-held_remedy = 先停止服务（systemctl stop jianchad），删除后再启动，以免待删除的内容仍留在其内存中。停止期间的记录由下一轮补读、补告知
forget-unfinished = 删除尚未完成：此前发出的邮件中有 { $count } 封含有已删除的内容，尚未移出邮件文件夹或列明收件人
forget-unfinished_remedy = 确认邮件文件夹可以写入，然后再次执行同一条 jianchad forget 命令
forget-unswept = 个人信息文字已删除，但台账文件或其变更日志中仍留有部分字节
forget-unswept_remedy = 关闭所有正在读取台账的程序，停止服务，确认磁盘余量够存一份台账，然后再次执行同一条 jianchad forget 命令
forget-reason = 无法读取；原内容已删除：{ $mark }
forget-of_case = { $on }，{ $by }删除了办件 { $subject } 的个人信息文字（{ $why }）：{ $texts } 处文字、{ $letters } 封邮件。日期、监察牌和监察事项未变
forget-of_person = { $on }，{ $by }删除了提到某人（{ $subject }）的文字（{ $why }）：{ $texts } 处文字、{ $letters } 封邮件。日期、监察牌和监察事项未变
forget-of_ended = { $on }，按设置删除了 { $cases } 件早已办结的办件的个人信息文字：{ $why }（{ $texts } 处文字、{ $letters } 封邮件）
forget-of_letters = { $on }，按设置删除了 { $letters } 封旧邮件的正文：{ $why }
explain-erased = 删除
explain-erased_by = 个人信息文字已于 { $on } 由{ $by }删除：{ $why }
explain-erased_for = 个人信息文字已于 { $on } 按设置删除：{ $why }

## fault: why a source cannot be read

fault-because = { $what }：{ $cause }
fault-try = { $what }。处理办法：{ $remedy }
fault-note = { $what }。处理办法：{ $remedy }
fault-several = 有{ $count }个文件未能完整读取，第一个：{ $first }
fault-missing = 无法读取 { $path }：文件不存在
fault-emptied = { $path } 内没有文件，而此前曾从中读取过文件
fault-folder = 无法将 { $path } 作为数据库读取：它是文件夹
fault-no_file = 无法读取 { $path }：{ $what }
fault-forbidden = 无法读取 { $path }：没有读取权限
fault-io = 无法读取 { $path }
fault-no_database = { $path } 不是 SQLite 数据库，或已加密
fault-busy = { $path } 被其他程序锁定
fault-wal_closed = { $path } 为 WAL 模式的数据库，目前没有程序将其打开，jianchad 不得为其创建 -shm 文件
fault-unfinished = { $path } 中有一项未完成的修改，所属应用尚未撤销
fault-corrupt = { $path } 已损坏
fault-disk = 读取 { $path } 时磁盘出错
fault-sqlite = 无法读取 { $path }：SQLite 拒绝访问
fault-no_table = { $path } 中没有表或视图“{ $table }”，现有：{ $there }
fault-query = { $path } 的读取项“{ $read }”查询语句有误
fault-unbound = { $path } 的读取项“{ $read }”：{ $faults }
fault-text = { $path } 第{ $line }行：{ $what }
fault-book = { $path }：{ $what }
fault-silent = { $path } 连续{ $seconds }秒没有返回记录，已中止读取
fault-too_long = { $path } 在{ $seconds }秒内未能读完，已中止读取
fault-swollen = { $path } 比已知的{ $known }条记录多出{ $more }条以上，已中止读取
fault-too_big = { $path } 中有单元格过大，无法读取
fault-broke_off = 读取 { $path } 时程序自身出错而中断
fault-hangs = { $path } 仍无响应：上一次读取未能中止
fault-misfit = 读取项“{ $read }”要求{ $asked }，而此类数据源不支持
fault-asks_table = 表或查询
fault-asks_files = 文件
fault-tables_none = 无
fault-tables_more = { $tables }及其他{ $more }个
fault-tables_meant = { $tables }（是否应为“{ $meant }”？）
fault-is_folder = 它是文件夹，不是文件
fault-is_pipe = 它是命名管道，不是文件
fault-is_socket = 它是套接字，不是文件
fault-is_link = 它是符号链接，不是文件
fault-is_device = 它是设备，不是文件
fault-too_large = 文件超过 256 MiB
fault-no_utf8 = 内容不是有效的 UTF-8
fault-link_outside = 它是指向文件夹之外的符号链接
fault-link_nowhere = 它是无效或循环的符号链接
fault-name_unseen = 文件名含不可见字符，或有200个以上字符连续无空格
fault-took_too_long = 读取时间过长，已中止
fault-open_quote = 该行起有一个引号始终没有闭合，文件其余部分无法读取
fault-cut_off = 文件在一行中间结束，而上次读取时末行是完整的，可能没有写完；如文件完整，请在末行后换行
fault-not_unpacked = 无法解压：{ $why }
fault-kind_workbook = 文件实为 Excel 工作簿（.xlsx）或其他 ZIP 压缩包；工作簿以 kind = "xlsx" 读取
fault-kind_office = 文件实为旧版 Office 工作簿或文档（.xls、.doc）
fault-kind_archive = 文件实为压缩包，请先解压
fault-kind_document = 文件实为文档（PDF 或 RTF）
fault-kind_sqlite = 文件实为 SQLite 数据库，其数据源请写 kind = "sqlite"
fault-kind_page = 文件实为网页（HTML）或 XML，不是表格
fault-not_encoded = 内容不是 { $encoding } 编码
fault-neither_encoded = 内容既不是 UTF-8（至第{ $utf8 }行），也不是 GB18030（至第{ $gb18030 }行）
fault-no_header = 没有表头行
fault-two_alike = 有两列同名：{ $which }
fault-book_at = 工作表{ $sheet }：{ $what }
fault-book_half = 文件中途中断或已损坏，写入或复制未完成
fault-book_form = 其中对工作表的描述已损坏
fault-book_empty = 文件为空
fault-book_none = 文件不是工作簿，与其名称不符
fault-book_text = 文件实为文本，却以工作簿命名：请在数据源写 kind = "csv"，或另存为工作簿
fault-book_old = 文件实为旧版 Office（.xls）或金山（.et）工作簿，请另存为 .xlsx
fault-book_binary = 文件实为二进制工作簿（`.xlsb`），请另存为 .xlsx
fault-book_ods = 文件实为开放文档表格（`.ods`），请另存为 .xlsx
fault-book_sealed = 文件设有打开密码，请取消密码后重新保存
fault-book_parts = 其部件之多不像任何单位的工作簿
fault-book_twice = 有两个部件同名
fault-book_swells = 解压后远大于任何单位的工作簿
fault-book_packing = 所用压缩方式不是工作簿的压缩方式
fault-book_doctype = 其中声明了文档类型，表格软件不会这样写
fault-book_deep = 其中元素层层嵌套，没有尽头
fault-book_long = 有超过 1 MiB 的标签或文本
fault-book_long_text = 有单元格的文本超过表格软件的上限（32,767 个字符）
fault-book_texts = 文本超过 { $most } MiB，请拆分为多个文件
fault-book_styles = 样式超过表格软件的上限
fault-book_rows = 第{ $after }行之后的行不合表格软件的写法：行号颠倒、重复，或者超过 1,048,576 行
fault-book_cells = 第{ $row }行：单元格的位置或者类型不合表格软件的写法
fault-book_row = 第{ $row }行的文本多于任何一行
fault-book_no_text = 第{ $row }行引用了不存在的共享文本
fault-book_no_sheet = 没有工作表{ $sheet }；现有 { $there }
fault-book_no_sheets = 其中没有含单元格的工作表
fault-zero_byte = 有空字节：文件不是文本，或是没有标记的 UTF-16，或只写入了一半
fault-long_line = 该行超过 1 MiB
fault-long_row = 自此起有一行超过 1 MiB：引号是否没有闭合？
fault-many_cells = 自此起有一行超过5000个单元格：分隔符是否正确？
fault-unpacks_table = 解压后超过表格文件的上限：64 MiB 加文件自身大小的60倍
fault-unpacks_log = 解压后超过事件日志的上限：64 MiB 加文件自身大小的60倍
fault-no_log = 不是 XES 事件日志：{ $what }
fault-no_office_log = 超出事件日志的上限：{ $what }
fault-log_ends = 日志在结束标签之前中断
fault-log_attributes = 一个标签的属性超过100个
fault-log_attribute = 属性的键超过1000字节或值超过 64 KiB
fault-log_entity = 有未知的实体引用
fault-log_tag = 一个标签或一段文字超过 1 MiB
fault-log_form = 格式不规范
fault-log_syntax = XML 语法有误（程序库提示“{ $words }”）
fault-log_absent = 日志中没有任何事件带有属性{ $missing }；另有{ $others }个其他属性，在此不予显示
fault-no_column = 没有列{ $missing }，现有：{ $there }
fault-no_column_hidden = 没有列{ $missing }；现有的{ $found }个列名在此不予显示
fault-column_meant = { $what }（{ $name }是否应为{ $meant }？）
fault-names_more = { $names }及其他{ $more }个
fault-no_zone = “{ $zone }”不是已知的时区
fault-no_pattern = “{ $pattern }”不是有效的时间格式，写法见 chrono 的 strftime 说明

## fault_remedy: what to try then

fault_remedy-missing = 核对 path，并检查所在磁盘或共享目录是否已挂载
fault_remedy-no_file = 查明由何人放置；jianchad 读取的位置应直接存放文件本身
fault_remedy-emptied = 检查应在此处的共享目录是否已挂载；文件夹内至少保留最新的一个文件
fault_remedy-folder = 将 path 指向数据库文件本身
fault_remedy-forbidden = 授予 jianchad 运行用户读取该文件及进入沿途各级文件夹的权限
fault_remedy-disk = 检查磁盘或网络共享；下一轮将重试
fault_remedy-no_database = 核对 path；加密的数据库须先导出为明文
fault_remedy-busy = 如自行恢复则无须处理，下一轮将重试；否则请查明由何程序锁定
fault_remedy-wal_closed = 启动其所属应用，或将该应用改用 journal_mode=DELETE，或改读副本
fault_remedy-unfinished = 启动其所属应用，由应用自行恢复文件
fault_remedy-corrupt = 请数据库的所属单位执行 pragma integrity_check 并从备份恢复；jianchad 从不写入该文件
fault_remedy-sqlite = 参见原因；下一轮将重试
fault_remedy-no_table = 更正该读取项的 table，或向厂商了解记录的去向
fault_remedy-query = 更正该读取项的 query：须为一条 select 语句
fault_remedy-unbound = 更正该读取项映射中的名称，或向厂商了解何处改了名
fault_remedy-text = 将文件重新完整保存（表格另存为 CSV，UTF-8 或 GB18030 编码）；已读取的记录继续有效
fault_remedy-book = 用表格软件打开，核对上述问题，重新完整保存为工作簿（.xlsx）；已读取的记录继续有效
fault_remedy-silent = 在副本上单独执行其查询，检查是否为视图无休止、缺少索引或共享目录无响应；如仅为较慢，请调高该数据源的 silent_at_most
fault_remedy-too_long = 查明读取缓慢的原因，或调高该数据源的 reading_at_most；已知的记录继续有效，下次从头读取
fault_remedy-swollen = 查明由何人写入，以及视图是否将记录重复连接；如数量属实，请调高该数据源的 more_rows_at_most
fault_remedy-too_big = 将该列从映射中去除，或向厂商了解其内容
fault_remedy-broke_off = 请将此问题连同日志一并报告；下一轮将重试
fault_remedy-hangs = 检查磁盘或网络共享；系统一旦释放即重试
fault_remedy-misfit = 数据库的读取项应写 table 或 query，文件的读取项两者均不写

## reading: what is noted of a source that was read

reading-beside = { $file } 中有{ $count }行为合计、页码或落款，不属于任何办件，不作记录
reading-stray_quotes = { $file } 自第{ $line }行起有{ $count }个引号没有闭合，已略去引号，其后各行照常读取
reading-two_encodings = { $file } 一部分为 UTF-8，一部分为 GB18030，已逐行按各自编码读取
reading-divided_by = { $file } 的各列以“{ $mark }”分隔，与所设分隔符不同，已按实际分隔符读取
reading-header_below = { $file } 的表头在标题之下的第{ $line }行，已从该行读起（header_row = { $line }）
reading-header_again = { $file }的数据行中另有{ $count }行与表头相同，不作记录
reading-unfinished_line = { $file } 末行尚未写完，待写完后读取
reading-empty_file = { $file } 为空文件（0字节），予以略过
reading-breaks_off = { $file } 中途中断，似仍在写入，将重新读取
reading-hidden_rows = { $file } 有{ $count }行已隐藏，仍照常读取
reading-hidden_sheets = { $file } 有{ $count }个隐藏的工作表未读取：{ $names }
reading-hidden_sheet = { $file } 中所读取的工作表{ $sheet }处于隐藏状态
reading-other_sheets = { $file } 只读取工作表{ $sheet }，另有{ $count }个未读取：{ $names }（可在数据源中用 `sheet` 指定）
reading-shrank = { $file } 由{ $was }字节减至{ $is }字节：可能有记录被删去
reading-gone = { $file } 已不存在；其此前提供的记录继续有效
reading-copied = { $file } 的内容此前已经读取过，写成于{ $day }：没有更新的内容，不计为一次送达
reading-gone_back = { $file } 的内容又回到最近一次读取之前的样子，可能是误放了旧文件：不予读取，也不计为一次送达。如确系现状，请作任意改动后重新写入，例如在文末加一空行
reading-unsorted = 读取项“{ $read }”：“{ $column }”列的写法不能按时间排序，因此每次均读取全部记录
reading-future = 读取项“{ $read }”：“{ $column }”列有{ $rows }条记录的时间晚于当前时间；数据源的时钟是否正确？
reading-uncounted = 读取项“{ $read }”：“{ $column }”列不是数字，因此每次均读取全部记录
reading-no_number = 读取项“{ $read }”：“{ $column }”列有{ $rows }条记录没有数字；此类记录的变更可能要到全部读取时才能发现
reading-no_time = 读取项“{ $read }”：“{ $column }”列有{ $rows }条记录没有时间；此类记录的变更可能要到全部读取时才能发现

## cause: what the system and SQLite say of a failure

cause-not_found = 没有这个文件或文件夹
cause-not_allowed = 没有权限
cause-exists = 文件已存在
cause-no_folder = 路径中有一级不是文件夹
cause-folder = 它是文件夹
cause-full = 磁盘空间已满
cause-read_only = 文件系统为只读
cause-timed_out = 超时
cause-breaks_off = 文件不完整
cause-garbled = 内容已损坏
cause-no_connection = 连接被拒绝
cause-no_route = 网络不通
cause-cut_off = 连接被对方中断
cause-pipe = 管道已断开
cause-system = 系统提示“{ $words }”
cause-sqlite_not_allowed = 没有权限
cause-sqlite_busy = 数据库被其他程序占用
cause-sqlite_memory = 内存不足
cause-sqlite_read_only = 数据库为只读
cause-sqlite_ended = 查询已中止
cause-sqlite_disk = 磁盘读写出错
cause-sqlite_damaged = 数据库文件已损坏
cause-sqlite_full = 磁盘空间已满
cause-sqlite_not_opened = 数据库文件无法打开
cause-sqlite_too_big = 内容过大
cause-sqlite_none = 文件不是数据库
cause-sqlite = SQLite 提示“{ $words }”

## ledger: what can go wrong with the ledger

ledger-not_opened = 无法打开监察台账 { $path }
ledger-foreign = { $path } 是其他程序的 SQLite 数据库，不是监察台账
ledger-newer = 监察台账 { $path } 的结构版本为{ $found }，本程序只支持到{ $known }
ledger-older = 监察台账 { $path } 的结构版本为{ $found }，本程序写入的版本为{ $known }
ledger-held = 另有一个 jianchad 正在写入监察台账 { $path }
ledger-not_locked = 无法通过文件 { $path } 锁定监察台账
ledger-absent = { $path } 处尚无监察台账
ledger-not_read = 当前登录用户无权读取监察台账 { $path }
ledger-not_written = 当前登录用户无权写入监察台账 { $path }
ledger-moved = 监察台账 { $path } 已不在打开时的位置
ledger-failed = 监察台账读写失败（程序中的操作名“{ $doing }”）
ledger-garbled = 监察台账中有一项内容无法读回：“{ $value }”（程序中的名称“{ $what }”）

## ledger_remedy: what to try then

ledger_remedy-full = 清理磁盘空间；数据没有丢失，下一轮继续
ledger_remedy-busy = 有其他进程占用台账写入：是否同时运行了两个 jianchad？
ledger_remedy-read_only = 授予服务用户对台账文件及其所在文件夹的写入权限
ledger_remedy-not_opened = 检查文件夹是否存在，以及服务用户是否有写入权限
ledger_remedy-foreign = 将配置项 ledger 指向专用的文件
ledger_remedy-newer = 使用写入该台账的 jianchad 版本或更新的版本
ledger_remedy-older = 启动本版本的服务，或运行 jianchad once，台账即升级到本版本
ledger_remedy-held = 交由服务办理（systemctl reload jianchad 即开始一轮），或先停止服务
ledger_remedy-not_locked = 检查文件夹是否在本地磁盘上，以及服务用户是否有写入权限
ledger_remedy-moved = 将文件或其最近的备份放回原处；如要启用新台账，请重启服务
ledger_remedy-not_read = 请管理员将该用户加入 jianchad 组（usermod -aG jianchad 用户名），然后重新登录
ledger_remedy-not_written = 以服务用户身份登记（sudo -u jianchad jianchad …），该用户须属于 jianchad-supervisor 组
ledger_remedy-absent = 运行 jianchad once 或启动服务，即建立台账
ledger_remedy-failed = 运行 sqlite3 台账 'pragma integrity_check'，并检查磁盘状况
ledger_remedy-garbled = 从最近的备份恢复台账，并报告此问题

## failure: how a command that failed says so

failure-head = jianchad：
failure-because = 原因：
failure-try = 处理办法：
failure-line_because = ：
failure-line_try = 。处理办法：
failure-config = 配置文件 { $file } 无法使用
failure-config_remedy = 运行 jianchad check-config --config { $file } 可列出全部错误
failure-config_not_read = 当前登录用户无权读取配置文件 { $file }
failure-sender = 发件人地址无法使用，请设为形如 jiancha@example.gov.cn 的地址
failure-reply_to = 回复地址无法使用，请设为形如 jiancha@example.gov.cn 的地址
failure-hello = { $hello } 不能作为向邮件服务器表明身份的名称，请将 hello 设为本机名称
failure-panicked = 本轮因 jianchad 自身的错误而中断（程序提示“{ $said }”）
failure-panicked_remedy = 日志中有出错位置，请发送给 jianchad 的维护人员
failure-copy_unread = 其副本 { $file } 无法读取：{ $why }
failure-copy_damaged = 其副本 { $file } 已损坏，或属于其他版本
failure-copy_other = 其副本 { $file } 属于其他监察台账
failure-copy_unusable = 其副本 { $file } 已不能作为配置使用
failure-demo_remedy = 检查演示数据所写入的磁盘
failure-address = { $address } 不是有效的邮箱地址（程序库提示“{ $words }”），请在通讯录中更正
failure-media_type = 附件“{ $name }”的类型“{ $media_type }”无法辨认
failure-message_id = “{ $message_id }”不能作为 Message-ID：须为 ASCII 字符，形如 key@host
failure-headers = 邮件的信头不完整（程序库提示“{ $words }”）

## smtp: what came of handing a letter over

smtp-failed = { $doing }：{ $happened }
smtp-failed_try = { $doing }：{ $happened }。处理办法：{ $remedy }
smtp-and = ；
smtp-connect = 连接邮件服务器 { $server }
smtp-encrypt = 与邮件服务器 { $server } 建立加密连接
smtp-greeting = 等待邮件服务器 { $server } 的欢迎信息
smtp-hello = 以 { $name } 的名称向邮件服务器 { $server } 表明身份
smtp-start_tls = 要求邮件服务器 { $server } 加密
smtp-login_as = 以 { $user } 登录邮件服务器 { $server }
smtp-login = 登录邮件服务器 { $server }
smtp-reset = 在邮件服务器 { $server } 开始下一封邮件
smtp-from = 向邮件服务器 { $server } 申报发件人
smtp-to = 向邮件服务器 { $server } 申报收件人 { $recipient }
smtp-data = 向邮件服务器 { $server } 申报发给 { $recipient } 的邮件
smtp-letter = 将发给 { $recipient } 的邮件交给邮件服务器 { $server }
smtp-receipt = 等待邮件服务器 { $server } 确认收下发给 { $recipient } 的邮件
smtp-answered = 服务器答复“{ $reply }”
smtp-large = 邮件为 { $size } 字节，而服务器最多接收 { $most } 字节（SIZE）
smtp-mute = { $time } 之内没有应答
smtp-closed = 服务器断开了连接
smtp-no_handshake = 加密未能建立（程序库提示“{ $words }”）
smtp-endless = 服务器的答复没有结尾
smtp-no_answer = 服务器的答复“{ $answer }”不符合邮件协议
smtp-unasked = 服务器未经询问即先行答复，无法分辨各项答复
smtp-no_encryption = 服务器没有提供加密，而邮件和登录信息不得以明文传送；请查明其是否另有直接加密的端口（tls = implicit，465 端口），或者途中是否有设备去掉了该项功能
smtp-tampered = 服务器同意加密之后又有明文到达，疑似途中有人篡改；其内容一概未予采信，连接已断开
smtp-foreign_sender = 发件人邮箱含有 ASCII 以外的字符，服务器不支持（SMTPUTF8）；请改用其他邮箱
smtp-foreign_recipient = 收件人邮箱含有 ASCII 以外的字符，服务器不支持（SMTPUTF8）；请改用其他邮箱
smtp-open_line = 密码不得经他人可以监听的线路传送；请将 tls 设为 starttls 或 implicit
smtp-no_login = 用户名和密码不能用于登录
smtp-login_not_offered = 服务器没有提供登录；请查明其是否要求先行加密（tls），不需要登录的请去掉登录设置
smtp-other_login = 服务器提供的登录方式为 { $offered }，而设置为 { $wanted }；请将 mechanism 设为其所提供的一种
smtp-password_unread = 密码文件 { $file } 无法读取（{ $why }）；请授予 jianchad 的运行用户读取权限
smtp-password_garbled = 密码文件 { $file } 不是 UTF-8 编码；请重新写入
smtp-password_empty = 密码文件 { $file } 为空；请写入密码
smtp-ca_unread = 无法从 { $file } 读取签发机构的证书（{ $why }）；请将 ca_file 设为 jianchad 的运行用户可以读取的 PEM 文件
smtp-ca_empty = { $file } 中没有可作签发机构的证书；请将 ca_file 设为签发该服务器证书的机构的 PEM 文件
smtp-no_authorities = 本机没有任何签发机构的证书；请安装软件包 ca-certificates，或者设置 ca_file
smtp-no_name = { $host } 不是证书上可以载明的名称；请将 host 设为服务器的名称
smtp-unwritable = 邮件无法生成：{ $why }
smtp-not_written = 邮件未能写入 { $file }：{ $why }。处理办法：{ $remedy }
smtp-try_shorter = 改发较短的邮件
smtp-try_port = 请核对 host 和 port 是否为邮件服务器
smtp-try_host = 请核对 host 和 port，并检查中间是否有防火墙
smtp-try_implicit = 请查明服务器是否要求直接加密（tls = implicit）
smtp-try_starttls = 请查明服务器是否仅在要求时加密（tls = starttls）
smtp-try_log = 请查看该服务器的日志
smtp-try_closing = 服务器正在停止或者限制发送，邮件等待
smtp-try_login = 请核对用户名、密码文件和 mechanism，邮件等待
smtp-try_sender = 请将发件人设为该账号可以使用的邮箱，邮件等待
smtp-try_wants_login = 请查明服务器是否要求登录，邮件等待
smtp-try_address = 请在通讯录中更正该邮箱，或者请服务器接收
smtp-try_ask = 请向服务器管理员查明原因；该邮件不再发送
smtp-try_waits = 该邮件等待
smtp-try_all_wait = 邮件等待
smtp-try_again = 可能已经送达，将以同一 Message-ID 再次发送
smtp-try_authority = 其证书不是由本机所知的机构签发：请将 ca_file 设为签发机构的 PEM 文件
smtp-try_other_name = 其证书上是另一名称：请将 host 设为证书上的名称
smtp-try_renew = 其证书目前不在有效期内：请更换证书，或者校准本机时钟
smtp-try_certificate = 请更换该服务器的证书
smtp-try_no_tls = 该端口似乎不使用 TLS：587 和 25 端口用 tls = starttls，465 端口用 implicit
smtp-try_versions = 服务器须支持 TLS 1.2 或 1.3
smtp-try_room = 请清理该磁盘的空间，邮件等待
smtp-try_right = 请授予 jianchad 的运行用户写入该处的权限
smtp-try_mount_writing = 文件系统为只读：请挂载为可写，或者改用其他文件夹
smtp-try_folder = 请建立该文件夹，或者挂载应在该处的共享目录
smtp-try_no_file = 该路径是文件：请写文件夹
smtp-try_see = 请检查该文件夹，邮件等待

## tried: what came of an attempt, in a word

tried-sent = 已发：{ $said }
tried-try_later = 待重试：{ $said }
tried-uncertain = 结果不明：{ $said }
tried-too_large = 邮件过大：{ $said }
tried-refused = 被拒收：{ $said }
tried-refused_alike = 与其他邮箱同样被拒收：{ $said }

## page: what is wrong with a page of one's own

page-line = 第{ $line }行，{ $what }
page-syntax = 语法有误（程序库提示“{ $words }”）
page-undefined = 用到不存在的字段（程序库提示“{ $words }”）
page-unknown = 用到不存在的函数或过滤器（程序库提示“{ $words }”）
page-not_found = 引用的模板不存在（程序库提示“{ $words }”）
page-endless = 没有止境（程序库提示“{ $words }”）
page-other = 不能使用（程序库提示“{ $words }”）

## journal: what the service writes into the journal and beside its state

journal-ledger_awaited = 等待监察台账：
journal-ledger_awaited_status = 等待监察台账，暂停监察：{ $why }
journal-config_stays = 继续使用现行配置：
journal-config_read = 已重新读取配置
journal-abandoned = 正在进行的一轮未能及时到达安全点，已放弃，由下一轮继续
journal-round_failed = 本轮失败；数据没有丢失，下一轮重新开始：
journal-round_failed_status = 上一轮失败：{ $why }
journal-round = 记录{ $rows }条，判定办件{ $judged }件，新增监察事项{ $raised }项，升级{ $escalated }项，邮件{ $letters }封
journal-next_round = { $round }；下一轮 { $at }
journal-being_read = 数据源“{ $source }”自{ $since }起正在读取，已读{ $rows }条
journal-letters_wait = 待发邮件{ $letters }封
journal-clock_stepped = 本机时钟发生跳变，暂不采信，处理办法见 jianchad status
journal-mail_held = 台账更换待确认，办件邮件暂停发送，处理办法见 jianchad status
journal-change_waits = 有规则改动待 jianchad adopt 确认
journal-reload_refused = 重新加载被拒绝，继续使用此前的配置：{ $why }
journal-round_runs = 正在进行一轮
journal-letters_sent = 正在发送邮件
journal-stopping = 正在停止
journal-stopping_safely = 正在停止：等待当前一轮到达安全点
journal-no_mail_folder = 无法建立邮件文件夹 { $folder }，邮件暂缓发送：{ $why }
journal-page = 自有邮件模板无法使用，已改用内置模板（程序提示“{ $why }”）
journal-refused_alike = 邮件服务器对多个地址给出相同的拒绝：均不放弃，发往这些地址的邮件暂缓
journal-letters_held = 邮件暂缓发送：{ $why }
journal-ended_reading = 上次读取该数据源时程序终止，先读取其他数据源
journal-long_reading = 长时间的读取已结束
journal-doubted = 数据源存疑：{ $why }
journal-doubted_no_more = 数据源不再存疑
journal-changed = 监察规则已变更
journal-changed_so = 监察规则已变更：{ $effect }
journal-change_held = 有规则改动待 jianchad adopt 确认，此前按原规则判定：{ $effect }
journal-change_stops = 有规则改动待 jianchad adopt 确认，此前暂停判定：{ $effect }
journal-change_gone = 配置已恢复为现行规则，没有待确认的改动
adopted-first_start = 首次启动
adopted-within_bound = 未超过 review_above
adopted-above_bound = 超过 review_above
adopted-taken_back = 配置已改回
journal-clock_held = 本机时钟为{ $now }，而上一轮为{ $last }：在时钟校正、收到当日记录（涉及三件办件，且其间半数工作日均有记录）或经 jianchad time accept 确认之前，不作判定、不发邮件
journal-clock_ahead = 上一轮的时间比本机时钟超前{ $days }天，重新判定办件{ $cases }件
journal-clock_back = 时钟被拨回{ $seconds }秒；赶上之前沿用上一轮的时间
journal-clock_unasked = 无法据该数据源核对时钟：{ $why }
journal-alike_number = 另有办件的编号仅写法不同，两者均计入
journal-not_noted = 无法在文件 { $file } 中记下所用的台账：{ $why }；本轮继续，但若此处换了台账，将无从辨认。处理办法：清理磁盘空间，或授予服务用户对该文件夹的写入权限
journal-no_monotonic = 无法为服务管理器读取单调时钟：{ $why }
journal-no_manager = 无法联系服务管理器：{ $why }
journal-config_not_kept = 无法在监察台账 { $ledger } 旁保存配置的副本：{ $why }；配置文件有误期间，命令将以退出码78结束
journal-run_not_noted = 无法在监察台账旁记下服务的运行情况：{ $why }；服务如何结束可能无法告知
journal-last_run = 上次运行（{ $began }开始）未正常停止：{ $cause } { $why }
journal-end_untold = 上次运行如何结束暂时无法以邮件告知：{ $why }
## config: what is wrong with the configuration, the registry, a calendar or the statutes

config-warning = 警告：
config-colon = ：
config-mistakes = 共 { $count } 处错误
config-not_utf8 = 此处的字节不是 UTF-8 编码，请将文件另存为 UTF-8（GB18030、GBK 文件可用 iconv -f GB18030 -t UTF-8 转换）
config-unread = 无法读取：{ $why }
config-poll_every = 须在 10s 至 1d 之间
config-the_ledger = 监察台账
config-may_read = 读取
config-may_write = 写入
config-may_both = 读写
config-open_to_all = 本机所有用户均可{ $may }{ $what } `{ $path }`，请执行 chmod { $mode }
config-must_be = 此处应为{ $wanted }，现为{ $is }
config-want_text = 带引号的文本
config-missing = 缺少此项
config-want_truth = true 或 false
config-want_number = 不小于 0 的整数
config-want_day = 日期，如 2011-09-01，
config-want_texts = 文本或文本列表
config-want_table = 表
config-want_tables = 由子表组成的表
config-be_table = 此处应为表
config-want_list = 表的列表（[[{ $key }]]）
config-step_dues = 环节到期日须写在与办件有关的行中：请为该读取写明 `item`，或在有 `item` 的读取中写
config-page_wrong = { $name } 模板有误：{ $words }
config-page_unread = { $name }：{ $why }
config-page_markup = 有模板将记录中的内容当作网页代码显示：请勿改动转义
config-retention = 须为年数（`1y` 至 `100y`）或 `never`
config-schema_is_database = 此类服务器的 schema 即数据库：请写为 `database`
config-no_key_meant = 没有这一项，是否应为 `{ $known }`？
config-no_key = 没有这一项，此处可写：{ $known }
config-is_string = 文本
config-is_integer = 整数
config-is_float = 小数
config-is_boolean = true 或 false
config-is_datetime = 日期时间
config-is_array = 列表
config-is_table = 表
config-there_are = 可用的有：{ $known }
config-meant = 是否应为 `{ $known }`？
config-want_table_of_texts = 各项均为文本的表
config-be_text = 此处应为带引号的文本
config-want_table_of_lists = 各项均为文本列表的表
config-be_texts = 此处应为文本列表
config-closed_for = 自{ $day }起，连续{ $days }天以上没有一天在 06:00 至 22:00 之间有两个小时的办公时间；没有这么长的假期，而红黄牌只在办公时间内发送，请在其中一些日子的白天留出两个小时
config-never_worked = `{ $days }` 在任何日历中都不是工作日，所写时间不起作用：某日是否上班由日历附加文件规定（[calendar] 或 [[calendar.local]] 的 `worked = [...]`）
config-no_rule_of = 没有这一监察点，可用的有：{ $known }
config-card_by_table = 该监察点按发牌标准（[cards]）发牌，此处不另行规定
config-within = 只有 late-entry 和 special-misuse 可以规定时长
config-fields = 只有 required-field 可以规定必填项
config-calendar_days = 须为自然日数，如 { $such }
config-time_of_day = 须为时刻，如 08:30
config-length = 须为时长，如 5wd
config-working_days = 须为工作日数，如 { $such }
config-pause_at_most = 不得短于 `pause_limit`（现为 { $limit }）
config-was_there = 数据源 `{ $name }` 仍在使用：只能沿用已撤销数据源的名称
config-was_already = 数据源 `{ $other }` 已声明原名为 `{ $name }`
config-reads_nothing = 该数据源没有任何读取内容：请添加 [[source.{ $name }.read]]、[[source.{ $name }.evidence]] 或 profile
config-no_kind = 没有 `{ $kind }` 这一类数据源，可用的有：{ $known }
config-delivers = 须为 "live"（随增随读）或 "batch"（成批报送：文件投放、每晚交换）
config-a_second = 不得少于一秒，如 2min
config-of_database = 只有数据库类数据源有此项
config-cell_at_most = 不得少于 200 字节，办件编号可能有这么长
config-of_batch = 只有 `delivers = "batch"` 的数据源有此项
config-sweep_at = 须为时刻（如 02:00）或 never
config-no_date = 没有任何读取提供日期 `{ $name }`：请在某个 read 的 `dates` 中添加
config-folder_or_smtp = `folder` 与 [mail.smtp] 只能写一个
config-the_letters = 邮件文件夹
config-relay_after = [[mail.relay]] 须在 [mail.smtp] 之后，后者为首选服务器
config-the_key = 密钥
config-of_file = `{ $file }`：{ $why }
config-from_1 = 须为不小于 1 的整数
config-in_the_clear = 邮件不得在网络上明文传输：请用 starttls 或 implicit
config-port = 须在 1 至 65535 之间
config-timeout = 须在 1s 至 5m 之间
config-no_password = 本文件中不得写密码：请将其放入单独的文件，并以 `password_file` 指明
config-tls = 须为 "starttls"、"implicit" 或 "none"
config-mechanism = 须为 "plain"、"login" 或 "xoauth2"
config-the_password = 密码文件
config-cannot_read = 无法读取 `{ $file }`：{ $why }
config-no_rule = 没有监察点 `{ $rule }`
config-no_unit = 没有单位 `{ $code }`
config-no_region = 没有区划 `{ $code }`
config-no_item = 没有事项 `{ $code }`
config-no_preset = 没有预设发牌标准 `{ $name }`，可用的有：{ $known }
config-no_card = 时限 `{ $id }` 不发任何牌：请在此写 cards = [{"{"} card = "yellow", when = "passed" {"}"}]，或为其添加 [[cards.line]]；只作显示的，写 cards = "none"
config-cards_twice = 时限 `{ $id }` 已自行规定发牌，请只在一处规定
config-keeper_other = 该时限由他人遵守，不对办理单位发牌
config-no_clock = 没有时限 `{ $id }`；{ $hint }
config-column_or_always = `{ $column }`（列名）与 `{ $always }`（所有行相同）只能写一个
config-of_files = 只有文件类数据源有此项
config-of_csv = 只有 CSV 文件类数据源有此项
config-of_tables = 只有 CSV 文件和工作簿类数据源有此项
config-of_book = 只有工作簿类数据源（`kind = "xlsx"`）有此项
config-log_encoding = 事件日志自带编码声明，不需要此项
config-csv_encoding = CSV 文件的编码由程序按内容识别，不需要此项
config-book_encoding = 工作簿自带编码声明，不需要此项
config-delimiter = 须为单个字符，如 "," 或 "\t"
config-header_row = 须为 1 至 100 之间的行号
config-no_encoding = 没有这种编码：请写 "gb18030"、"gbk" 或 "big5"
config-unused_column = 该读取没有用到列 `{ $column }`
config-no_case_column = `case` 没有写明任何列
config-unit_from_file = 请用一个 {"{"}unit{"}"} 标明文件名中单位编码的位置，如 "{"{"}unit{"}"}_*.csv"
config-needs_item = `unit_is` 和 `unit_from_file` 须与 `item`（或 `item_is`）同用：该读取本身不含办件
config-codes_of_profile = 这些代码属于 profile；read 有自己的代码
config-no_profile = 没有这一 profile，可用的有：{ $known }
config-profile_of_files = profile 对应数据库的表，而该数据源读取的是文件
config-profile_column = profile `{ $profile }` 不从该列读取代码
config-no_watermark = 文件类数据源没有 watermark：文件有变化即重新读取
config-shape = 须为 "wide"（一行一件）或 "long"（一行一事）
config-wide_key = "wide" 的行以办件编号识别，只有 "long" 有 key
config-watermark_kind = 没有名为“{ $kind }”的 watermark 类型；可用的有：{ $known }
config-kind_of_none = 该项说明 watermark 列的内容，但未设置 watermark
config-no_rowversion = 仅 PostgreSQL 能说明哪些事务尚未提交：请改用 watermark_kind = "sequence"
config-unsortable = 该读取的时间不能按文本排序（如 %d/%m/%Y）：请去掉 `watermark`
config-says_nothing = 该读取既没有 `traces` 也没有 `item`，读不出任何内容
config-gone_codes = 请写明哪些代码表示该行已删除：gone_codes = ["D"]
config-match = 须为 "number"（key 即办件编号）或以其为备注的痕迹种类，如 "accepted"、"charged"
config-no_tables = 文件类数据源没有表，请去掉此项
config-table_or_query = `table` 与 `query` 只能写一个
config-no_table = 请写明要读取的 `table`（或 `query`）
config-host = 须为主机名或地址，可带端口，如 db1、db1:5433、[2001:db8::1]:5433
config-program_path = 读取程序没有 path：请在 `command` 中写明程序
config-no_command = 请写明程序及其参数，如 `["/usr/lib/jianchad/readers/database.py", "oracle", "--dsn", "10.1.2.6/HALL"]`
config-no_program = { $path } 尚不存在；在此之前该数据源为中断状态
config-untrusted = { $path } 将被拒绝运行：{ $why }
config-mebibytes = 须在 { $least } 至 { $most } MiB 之间
config-secret_argument = 程序参数对本机所有用户可见：密码请用 `credentials` 传入
config-secret_variable = 密码请用 `credentials` 传入，由程序从标准输入读取，不得写在本文件中
config-variable = 变量名只能由字母、数字和 _ 组成，值须为文本
config-own_variable = { $name } 由系统统一设置，不能在此更改
config-server_path = 数据库服务器没有 path：请写 `host` 和 `database`
config-say_something = 不能为空
config-seconds = 须在 { $least }s 至 { $most }s 之间
config-tls_off = 查询和结果在网络上明文传输，途中可被他人截读
config-no_certificate = 不用 TLS 时不出示证书，请去掉此项
config-server_tls = 须为 "require" 或 "off"
config-server_password = 本文件中不得写密码：请写 "credential:NAME"（服务单元的 LoadCredential）或 "file:PATH"
config-times = 须为 iso、epoch-s、epoch-ms、excel、excel-1904，或如 %Y/%m/%d %H:%M 的格式
config-per_row = "wide" 读取中每条痕迹都属于办件本身
config-per = 须为 "row" 或 "case"
config-resumes = 须为 "any"，且只用于可能为 `paused` 的痕迹：该办件其后的任一事项即为其终点
config-outcomes = 这些代码属于某一列：请用 `outcome` 写明
config-kind_twice = `kind` 与 `kind_from` 只能写一个
config-codes = 请写明各代码的含义：codes = {"{"} 1 = "accepted", … {"}"}
config-zone_column = 该读取没有从列 `{ $column }` 取时间
config-zone = 须为时区，如 "UTC" 或 "Asia/Shanghai"
config-two_clocks = 有两个时限同名为 `{ $id }`
config-no_clause = 没有可引用其条款的时限 `{ $id }`；{ $hint }
config-no_shipped = 没有可停用的内置时限 `{ $id }`；{ $hint }
config-off_alone = 停用的时限只写 id，不写其他项
config-law_lists = 可用 `jianchad law` 列出
config-no_statute = 法规库中没有 `{ $rule }`；{ $hint }
config-keeper = 该时限由{ $zh }（{ $keeper }）遵守，不对办理单位发牌
config-no_category = 没有事项属于类别 `{ $category }`，现有类别：{ $known }
config-cards = 请写 "none"，或 cards = [{"{"} card = "yellow", when = "passed" {"}"}]
config-limit_beside_law = 与 `law` 同用时只能为 promised 或 statutory：以事项自身时限代替法定时限
config-basis_of_law = 依法时限的条款即法规条款，只有写了 `limit` 才能另写
config-counted_back = 只有工作日、自然日、月和年可以从某一事项往前倒算
config-no_extension = 缺少 `extension`：该时限的条款没有规定时，应写明可延长多少
config-statutes_unread = 无法读取法规库：{ $why }
config-no_toml = 该文件夹中没有 .toml 文件
config-rule_twice = 已有同一 id 的条目
config-grade = 此处应为 A（已读全文）、B（已读节录）或 C（未见原文）
config-in_english = 请同时写英文，项名为 `{ $key }`
config-in_chinese = 请同时写中文，项名为 `{ $key }`
config-no_marks = `{ $key }` 至少要写一种痕迹
config-no_valid_from = 缺少 `valid_from`：施行首日，如 2004-07-01
config-ends_first = 失效日早于施行日
config-no_source = 缺少 `source`：条文出处
config-no_limit = 缺少 `limit` 或不是法定时限的写法：请写 20wd、60d、3mo、same-day、date:NAME 或 granted
config-no_pauses = 没有写明该条款所对应的 `pauses`
config-other_unit = 不能与 { $limit } 相加：计时单位不同
config-no_approver = 缺少 `extension_approver`：由谁批准延长
config-pause_times = `{ $text }` 须依次为事由、天数和条款，如 `听证 20wd 第四十七条第一款`
config-days = 须为天数，如 15wd 或 30d
config-folder_unread = 无法读取文件夹 `{ $folder }`：{ $why }
config-no_page = `{ $name }` 不是邮件模板，可用的有：{ $known }
config-unregistered_region = 名录中没有区划 `{ $code }`
config-unregistered_unit = 名录中没有单位 `{ $code }`
config-unregistered_item = 名录中没有事项 `{ $code }`
config-overlay_for = 请写明适用的 `regions`、`units` 或 `items`；全部适用的，用 `overlays`
config-in_line = 第 { $line } 行：{ $message }
config-calendar_unread = 无法读取日历文件 { $file }：{ $why }
config-year_twice = { $year } 年在此处和第 { $first } 行重复，请保留一处
config-plain_overlay = `plain` 属于日历本身，不属于附加文件
config-no_notice = 缺少 { $next } 年的放假通知，无法计算 { $year } 年
config-year_lacks = { $year } 年没有 `{ $key }`：请写明依据的放假通知及出处
config-no_years = `{ $text }` 不是年份区间，应写作 2010/2012
config-no_public_holidays = { $year } 年没有 `public_holidays`：2008 年至 2024 年为 11，2025 年起为 13
config-unbalanced = { $year } 年列有工作日放假 { $off } 天、调休上班 { $worked } 天，相抵为 { $leaves } 天，而法定节假日为 { $owed } 天：请与放假通知核对日期
config-no_weekend = { $date } 不是周末，不能作为调休上班日
config-day_twice = { $date } 在此处和第 { $first } 行重复，请保留一处
config-no_day = `{ $text }` 不是日期：请写实有的日期，如 2011-10-01
config-span = 区间 { $span } 的终点早于起点
config-other_year = { $span } 不在 { $year } 年或上年 12 月之内
config-no_year = 日历没有任何年份：请添加 [[year]]，或写 plain = "2010/2012"
config-years = 年份须在 { $first } 至 { $last } 之间
config-year_gap = { $first } 年与 { $last } 年之间缺少 { $year } 年，请添加其放假通知
config-no_text = 此处的字节既不是 UTF-8 也不是 GB18030 编码，请将文件另存为 UTF-8
config-no_csv = 该文件不能按 CSV 读取（程序库提示“{ $words }”）
config-unknown_column = 不认识该列，已忽略
config-column_twice = 该列重复
config-cells = 本行有 { $cells } 格，而表头有 { $columns } 格
config-fill_in = 必须填写
config-yes_or_no = `{ $text }` 既不是“是”（yes）也不是“否”（no）
config-service_centre = 乡镇须写明有无服务中心：是（yes）或否（no）
config-code_twice = 编码 `{ $code }` 重复
config-circle = 区划 `{ $code }` 的上级又回到其自身
config-until_before = { $until } 早于 { $from }
config-no_contact = `{ $address }` 不在本联系人名单中
config-foreign_address = `{ $address }` 含有 ASCII 以外的字符，只有支持 SMTPUTF8 的服务器才接收；姓名请写在姓名列
config-nobody_told = `{ $code }`（{ $name }）的红黄牌无人可以通知
config-no_admin = 没有系统管理员：数据源中断或邮件发不出时无人知晓
config-overlap = 其起始日早于前一版本的截止日 { $until }
config-no_end = 而前一版本没有“有效期止”
config-no_beginning = 而该版本没有“有效期起”
config-versions = 编码 `{ $code }` 重复，{ $why }：同一事项的各版本须有前后衔接的“有效期起”和“有效期止”
config-item_ends = 事项的截止日 { $until } 早于起始日 { $from }
config-stages_sum = 各环节合计 { $sum }，超过承诺的 { $promised }
config-no_limits = 目录没有写明任何时限：只有法律对此类事项规定了时限的，才会判为超时限
config-promised_longer = 承诺时限 { $own } 长于法定时限 { $law }
config-incomparable = 承诺时限 { $own } 与法定时限 { $law } 无法比较
config-exempt_by = 免纳入须写明批准机关
config-exempt_reason = 免纳入须写明理由
config-exempt_both = 免纳入须写明理由和批准机关
cause-toml_twice = 同一项写了两次
cause-toml_heading = 表头没有写完整，缺少“]”
cause-toml_bracket = 括号没有闭合
cause-toml_comma = 列表或表中逗号缺失或多余
cause-toml_value = 缺少值；文本须加引号
cause-toml_assignment = 应写作“项 = 值”
cause-toml_bare_key = 名称中有汉字等字符的，须加引号，如 "受理" = …
cause-toml_quote = 引号没有闭合，或引号内写法有误
cause-toml_number = 数字写法有误
cause-toml_type = 值的类型不对
cause-toml_unknown = 没有“{ $key }”这一项，此处可写：{ $known }
cause-toml_absent = 缺少“{ $key }”
cause-toml = 写法有误（程序库提示“{ $words }”）
cause-no_duration = 不是时长，应写作 30s、10min、2h 或 1d
cause-no_day = 不是日期，应写作 2011-09-01
cause-no_zone = 不是时区，应写作 Asia/Shanghai

## wrong: why a value is none

wrong-word = { $zh }（{ $word }）
wrong-no_word = `{ $text }` 不在可写的值之内：{ $known }
wrong-season = `{ $text }` 不是季节区间，应写作 06-01/09-30
wrong-hours = `{ $text }` 不是办公时间，应写作 09:00-12:00,13:00-17:00，且在同一天之内
wrong-weekday = `{ $text }` 不是星期，应写作 Fri、Mon-Thu 或 周五
wrong-hours_first = `{ $text }`：应先写通常的办公时间，且不能为不办公
wrong-hours_share = 办公时间中 `{ $one }` 与 `{ $other }` 有重叠的日子：`{ $text }`
wrong-hours_never = `{ $text }`：周一至周五没有任何办公时间
wrong-cards = `{ $text }` 不是牌数：请写 "5"、"5%"，或 "5 or 5%"（取其多者）
wrong-cases = `{ $text }` 不是办件数：请写 "2"、"10%"，或 "2 or 10%"（取其多者）
wrong-limit = `{ $text }` 不是时限：请写数目和单位，如 20wd（工作日）、60d（自然日）、2mo（月）、1y（年）、24oh（办公小时）、30om（办公分钟）、0.5wd（半个工作日）、24h（连续小时），或 same-day（当日），或 date:NAME（记录中的日期）
wrong-limit_amount = `{ $text }`：时限的数目须在 1 至 9999 之间
wrong-period = `{ $text }` 不是期间：请写 2011-10、2011-10-08 或 2011-10-01..2011-10-15
wrong-no_outcome = `{ $kind }` 不是办结，没有办理结果
wrong-field = `{ $text }` 不是痕迹的字段，应写作 decided.by
wrong-kind = `{ $text }` 不是痕迹种类，可用的有：{ $known }
wrong-stage = `{ $text }` 没有写明环节名称
wrong-stage_length = 环节 `{ $name }` 的时限须为时长
wrong-stage_limit = 环节 `{ $name }`：{ $why }
wrong-mark = { $why }、step:NAME、paused:NAME、resumed:NAME 或 date:NAME
wrong-threshold = `{ $text }` 不是时限的时点：请写 -2wd、passed、+3wd（工作日）或 90%
wrong-follows_none = 它接续 `{ $earlier }`，而后者不在法规库中
wrong-two_follow = `{ $other }` 已接续 `{ $earlier }`：一条只能有一条接续
wrong-follows_endless = 它接续 `{ $earlier }`，而后者没有失效日：请为其写明 valid_to
wrong-overlaps = 它与 `{ $earlier }` 重叠，后者施行至 { $last }
wrong-versions_gap = 它与 `{ $earlier }` 之间，{ $from } 至 { $to } 没有施行中的版本
wrong-no_key = 不是 PEM 格式的私钥（程序库提示“{ $words }”）
wrong-other_key = 既不是 Ed25519 密钥，也不是 2048 位以上的 RSA 密钥（程序库提示“{ $words }”）
wrong-no_address = `{ $text }` 不是邮箱地址，应写作 name@example.gov.cn
wrong-no_domain = `{ $text }` 中的 `{ $domain }` 不是域名，邮箱应写作 name@example.gov.cn
wrong-two_addresses = `{ $text }` 括号前和括号内是两个不同的地址：请保留一个，或用 `;` 分开
wrong-several_addresses = `{ $text }` 含有 { $count } 个邮箱地址，此处只能写一个
wrong-day_outside = { $date } 超出日历范围（1970-01-01 至 2199-12-31）
wrong-leads_outside = 计算结果超出日历范围（1970-01-01 至 2199-12-31）
wrong-no_hours = 办公时间至少要有一段，如 09:00-12:00
wrong-hours_end = 办公时间 { $opens }-{ $closes } 的终点早于起点
wrong-hours_overlap = 办公时间重叠：前一段到 { $first } 结束，后一段从 { $second } 开始
wrong-days_of_hours = `{ $text }` 没有写明日子和办公时间：请写作 Fri 09:00-12:00、2011-10-14 09:00-12:00 或 06-01/09-30 09:00-12:00,15:00-18:00
wrong-days_backwards = `{ $days }`：末日早于首日
wrong-silence_all = 这将静默一切：请写明单位、事项、监察点或办件
wrong-silence_until = 静默须在今天至 { $last } 之间结束，最长 { $days } 天
wrong-other_unit = 时限 { $limit } 不能延长 { $extension }：两者单位须相同
wrong-pause_ends = 自 { $from } 至 { $to } 的中止，终点早于起点
wrong-not_back = 时限 { $limit } 不能从某一事项往前倒算：请用工作日、自然日、月或年
wrong-not_in_force = `{ $id }` 在 { $day } 没有施行（施行期间：{ $span }）
wrong-in_force_from_to = { $from } 至 { $to }
wrong-in_force_since = 自 { $from } 起
wrong-record_date = 时限 date:{ $name } 是记录中的日期，不能计算：请先查明该日期

## words of states and ways

mail-state_queued = 待发
mail-state_sent = 已发
mail-state_refused = 被拒收
source_state-ok = 正常
source_state-dark = 中断
source_state-incomplete = 不完整
source_state-suspect = 存疑
source_state-overdue = 报送逾期
source_state-unread = 尚未读取
source_state-removed = 已不在配置中
mail-way_folder = 文件夹 { $path }
mail-way_clear = { $server }（不加密）
list-else = ，不通时改用 

## usage: mistakes of the command line, and the words around help

usage-no_value = { $name } 缺少值
usage-known = 可写：{ $known }
usage-value = { $name } 的值“{ $value }”无效：{ $why }
usage-unknown = 没有参数 { $name }
usage-no_command = 没有命令“{ $name }”
usage-command = 请写明命令
usage-missing = 缺少必需的参数：{ $names }
usage-twice = { $name } 只能写一次
usage-conflict = { $name } 不能与 { $other } 同用
usage-count = { $name } 的值的个数不对
usage-equals = { $name } 须用等号写值
usage-utf8 = 有参数不是 UTF-8 编码
usage-other = 命令行有误（程序库提示“{ $words }”）
usage-reason = 写法有误（程序库提示“{ $words }”）
cause-no_number = 不是整数
usage-failed = 错误：{ $what }
usage-meant = 是否应为 { $name }？
usage-more = 详见 --help
help_word-help_command = 显示本说明或某一命令的说明
help_word-help_more = 显示说明（详细说明用 --help）
help_word-help_less = 显示说明（简要说明用 -h）
help_word-help = 显示说明
help_word-version = 显示版本
help_word-usage = 用法：
help_word-commands = 命令：
help_word-arguments = 参数：
help_word-options = 选项：
help_word-default = {"[默认："}
help_word-environment = {"[环境变量："}
help_word-aliases = {"[别名："}
usage-written = 用法：{ $usage }
man-name = 名称
man-synopsis = 概要
man-description = 说明
man-options = 选项
man-commands = 命令
man-extra = 补充说明
man-version = 版本
man-help_less = 显示说明（简要说明用 \-h）
man-help_more = 显示说明（详细说明用 \-\-help）
help_word-man = 手册页已写入 { $folder }
help_word-one_of_these = （可写：{ $known }）

## help: of every command and argument

help-jianchad-after = 退出码：0 完成；1 部分完成（有错行、有邮件未被接收），或有事项需要处理（once、status）；2 用法有误；66 未找到；70 程序自身出错；74 磁盘、数据库或网络故障；77 没有权限；78 配置有误。
help-adopt = 影响大量红黄牌的规则变更：查看或使其生效
help-adopt-backdated = 倒填日期的目录版本：也适用于此前已有的办件
help-adopt-show = 只显示待生效的变更，与不写 --by 相同
help-adopt-why = 理由
help-any-by = 经办人
help-any-calendar = 以该日历文件代替内置日历（中国大陆，2004 年至 2026 年）
help-any-config = 配置文件
help-any-excel = 输出供 Excel 使用的 CSV：带字节序标记，超过十一位的数字作为文本
help-any-finding = 监察事项编号，见 `jianchad card review` 和 `jianchad findings`
help-any-format = 显示方式
help-any-lang = 语言：zh-CN 或 en，默认随终端
help-any-letter = 邮件编号
help-any-overlay = 本地节假日、停办日或加班办理日的附加文件；可重复
help-any-rule = 只列该监察点（id）
help-any-statutes = 以该文件夹中的法规文件代替内置法规
help-any-why = 理由；反馈或申诉的，写其内容或存放处
help-any-wide = 显示表的全部列，每行一条，不受终端宽度限制
help-any-yes = 不再询问确认；输入不是终端时也不询问
help-calendar = 一年或一个月的工作日
help-calendar-format = 输出方式
help-calendar-period = 年份（2011）或月份（2011-10）
help-calendar_check = 检查日历文件或附加文件，一次列出全部错误
help-calendar_check-file = 文件
help-calendar_check-over = 该文件附加于内置日历，或附加于此处所写的日历：新一年的放假通知、本地节假日
help-calendar_load = 显示日历文件将影响哪些在办件、红黄牌有何增减，然后使其生效
help-calendar_load-by = 经办人，默认为当前登录用户
help-calendar_load-file = 附加于日历的文件：一年的放假通知、本地节假日或停办日
help-calendar_load-why = 理由，默认为载入该文件
help-calendar_load-yes = 不经询问即生效
help-card = 对红黄牌的处理：发出、反馈、申诉、维持、撤销、督办
help-card_answer = 登记单位的反馈
help-card_appeal = 登记单位的申诉
help-card_issue = 发出待监察人员审核的牌
help-card_order = 督办：限期办结，逾期升为红牌
help-card_order-within = 办结期限，如 5wd
help-card_review = 列出待监察人员审核的事项；写 --dismiss 则不予发出
help-card_review-dismiss = 不予发出的监察事项编号
help-card_review-why = 理由
help-card_revoke = 撤销一张牌：通知原收件人，并单独统计
help-card_show = 显示一条监察事项及其全部经过
help-card_show-finding = 监察事项编号
help-card_uphold = 不采纳申诉，维持原牌
help-check-config = 检查配置和目录，一次列出全部错误，以及现有红黄牌将有何增减
help-check-config-config = 配置文件
help-check-config-lang = 语言：zh-CN 或 en，默认随终端
help-check-config-only_files = 只检查配置及其所列文件，不打开数据源和监察台账；重新加载前先作此检查
help-check-config-sources = 同时打开每个数据源，并将前几行显示为所成的办件；在终端上默认如此
help-completions = 输出命令行补全脚本
help-completions-shell = 命令行解释器
help-coverage = 覆盖情况的各项指标，以及未覆盖者
help-coverage-at = 截至该日，默认为今天
help-coverage-by = 按何统计：all（全部）、unit（单位）、region（区划）或 category（类别）
help-coverage-changes = 列出该日以来状态有变化的事项及原因
help-coverage-estimate = 根据键相同的每两份佐证名册，估算办件总数
help-coverage-missing = 列出未正常运行的事项及原因
help-coverage-since = 用于 --estimate：该日以来的佐证，默认为全部
help-demo = 一条命令生成一套模拟数据：目录、审批数据库、一个月的监察、邮件和可查询的监察台账
help-demo-folder = 要创建的文件夹；须不存在，或内有以往的模拟数据
help-demo-mysql = 同上，改用 MySQL 或 MariaDB 服务器，单独建库：mysql://用户:密码@主机
help-demo-postgres = 在此 PostgreSQL 服务器上单独建一个模式作为审批数据库：postgres://用户:密码@主机/数据库
help-demo-seed = 换一个种子，生成结构相同的另一套数据
help-due = 时限计算器，列出计算步骤
help-due-after_hours_moves = 下班后收到的，视为下一工作日收到
help-due-batch = 逐行计算 CSV 表，列为 start、limit、start_day_counts、pauses、extension；写 `-` 则从标准输入读取
help-due-day_end = 到期日何时结束：midnight（24时）或 closing（下班时）
help-due-extension = 延长的时限，单位相同；可重复
help-due-format = 输出方式
help-due-from = 时限起算点，如 2011-09-26 或 2011-09-26T16:30
help-due-hours = 办公时间；季节性办公时间写在分号后，如 "09:00-12:00,13:00-17:00; 06-01/09-30 09:00-12:00,15:00-18:00"
help-due-law = 法定时限，写条目 id，如 XK6：按起算日施行的版本计算
help-due-limit = 时限长短：20wd（工作日）、60d（自然日）、2mo（月）、1y（年）、24oh（办公小时）或 same-day（当日）
help-due-no_roll = 按自然日、月、年计算的时限，末日逢休息日也不顺延
help-due-output = 将表写入文件
help-due-pause = 不计入的期间：FROM/TO，含首尾两日；办公小时用时刻；可重复
help-due-pause_ends = 中止期间首尾哪日不计入
help-due-rest_day_moves = 休息日收到的，视为下一工作日收到
help-due-start_day_counts = 起算日计为第一日
help-due-zone = 时区
help-explain = 一个办件：痕迹、时限、逐日计算、监察事项、邮件
help-explain-as_of = 按该时刻：依当时最近一轮的记录、规则和日历
help-explain-case = 办件编号
help-explain-clock = 只列该时限，如 promise、statutory
help-explain-format = 显示方式：text 用于终端，html 用于邮件或打印，json 供程序读取
help-findings = 列出监察事项
help-findings-all = 包括已结和已撤销的
help-findings-card = 只列该类牌：red（红牌）、yellow（黄牌）或 notice（提示）
help-findings-format = 显示方式；gbt39046 为 GB/T 39046—2020 的“电子监察”交换表（CSV，十一个字段）
help-findings-unit = 只列该单位（编码或名称）
help-forget = 永久清除个人信息：某一办件或某人的经办人、备注和姓名。日期、红黄牌和监察事项保持不变，何人因何清除何内容也留有记录
help-forget-case = 办件编号：清除其全部个人信息
help-forget-in_advance = 台账中尚无该姓名时也登记：以后报来的先作标记再入台账
help-forget-only_records = 邮件和监察事项的语句中保留该姓名：用于与本系统用语相同的姓名
help-forget-person = 姓名（按记录中的写法）：清除一切写有其姓名的内容
help-forget-source = 多个数据源有同一编号时，只限该数据源的办件
help-jianchad = 行政审批电子监察守护程序
help-law = 逐条列出法定时限
help-law-at = 只列该日施行的
help-law-rule = 条目 id，如 XK6：显示全文及其他版本
help-mail = 邮件：待发邮件、单封邮件、重试、测试
help-mail_queue = 列出待发邮件及原因
help-mail_queue-refused = 改为列出被拒收的邮件
help-mail_retry = 立即重试邮件：全部待发邮件、某一编号的邮件（包括被拒收的）或已停发邮箱的邮件
help-mail_retry-address = 恢复发送的邮箱
help-mail_show = 显示一封邮件及每次发送情况
help-mail_test = 按配置的方式发送一封测试邮件并显示结果
help-mail_test-to = 收件邮箱
help-man = 将手册页写入文件夹
help-man-folder = 文件夹，不存在则创建
help-once = 监察一轮后退出
help-once-at = 按该时刻（2011-12-31、2011-12-31T09:00）研判，其后的内容视为尚未发生；此时邮件只写入文件夹，不经邮件服务器发送
help-once-ledger = 不用配置中的监察台账，另用一个临时台账回溯
help-plan = 发送之前查看：何时、因何、向何人发送什么
help-plan-routes = 按单位和牌列出将通知何人，不论是否有牌
help-replay = 对以往办件重新研判并比较：换用其他时限、发牌标准或日历
help-replay-against = 不与监察台账比较，而与该配置的重新研判结果比较：其他时限、发牌标准或日历
help-replay-from = 首日
help-replay-keep = 以该名称保留临时台账，供查询
help-replay-to = 末日
help-report = 已发出的每日监察，或任一期间的通报
help-report-html = 不以文本显示，而按邮件中的样式写入该网页文件
help-report-kind = 种类
help-report-period = 2011-10（一月）、2011-10-08（一日）或 2011-10-01..2011-10-15
help-report-send = 发送给通报的收件人：邮件进入待发，随下一轮发出
help-report-xlsx = 将其中的表写入该 Excel 文件
help-run = 常驻运行：每隔几分钟监察一轮，直至停止
help-run-from = 演练用：启动时时钟显示该时刻（2011-12-31T09:00），此后照常走时
help-run-lang = 日志语言：zh-CN 或 en，默认为配置中的 `language`
help-sample = 随机抽取供人工检查的办件
help-sample-month = 办件办结的月份，如 2011-12
help-sample-seed = 随机种子：事先公布的任意文字
help-sample-size = 抽取件数
help-silence = 静默：一段时间内不就某事通知任何人
help-silence_add = 设置静默
help-silence_add-case = 只限该办件（编号）或该数据源（名称）
help-silence_add-item = 只限该事项（编码）
help-silence_add-unit = 只限该单位（编码）
help-silence_add-until = 静默的最后一日，最长自今起 90 天
help-silence_end = 提前结束静默；其间未通知的内容在下次邮件中通知
help-silence_end-by = 结束人
help-silence_end-silence = 静默编号
help-silence_list = 列出静默及其所隐内容
help-silence_list-all = 包括已结束的
help-source = 存疑的数据源：确认其现状属实
help-source_accept = 确认存疑的数据源现状属实：恢复据以研判，其中消失的办件逐一列为记录消失
help-source_accept-source = 数据源名称，与配置一致
help-status = 一览数据源、未结红黄牌、覆盖情况和待发邮件
help-time = 本机时钟：时间跳变暂停研判后，确认时钟正确
help-time_accept = 时间跳变暂停研判后，确认本机时钟正确：自其现在所示时刻起继续监察
help-ledger = 监察台账：台账更换或者恢复备份之后，确认现有台账无误
help-ledger_accept = 确认现有台账无误：因此暂停发送的邮件恢复发送，可能已经告知过的监察牌也再次告知
help-adopt-version = 所查看的版本：配置文件如已另有变化则不予生效
