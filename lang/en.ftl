# Every text. Keys and variables are those of zh-CN.ftl; a test compares them. The format is that of projectfluent.org.

## list: what stands between the parts of a list

list-comma = { ", " }
list-clause = { ", " }
list-space = {" "}
list-sentence = { " " }
list-items = { "; " }
list-and_more = { $items }; …
list-semicolon = { "; " }
list-comma_and_more = { $items }, …
list-and_others = { $items } and others
list-gap = {" "}{" "}

## days: days as a letter writes them

date-this_year = { $date }
date-year = { $date }
date-month = { $period }
date-days = { $period }
date-days_of_year = { $period }
date-days_of_month = { $period }
days-timed = { $day } { $time }
days-before = the end of { $day }
days-before_hour = { $at }

## column: headings of lists

column-card = card
column-open = open
column-cases_highest = cases (highest card)
column-coverage = coverage
column-share = of
column-percent = %
column-data_source = source
column-state = state
column-last_read = last read
column-newest = newest record
column-complete_until = complete until
column-message = message
column-day = day
column-measure = measure
column-measured = of
column-numerator = numerator
column-denominator = denominator
column-percent_before = before %
column-unknown = unknown
column-definition = definition
column-item_code = code
column-item = item
column-unit = unit
column-reason = reason
column-last_trace = last trace
column-state_before = before
column-state_after = after
column-one_list = one list
column-other_list = the other
column-from = from
column-to = to
column-on_one = on one
column-on_other = on the other
column-on_both = on both
column-all_cases = all cases
column-at_least = 95 % from
column-at_most = 95 % to
column-known = known
column-covered = %
column-law_rule = rule
column-law = law
column-article = article
column-step = what is to be done
column-limit = limit
column-keeper = kept by
column-valid_from = in force from
column-valid_to = to
column-finding = finding
column-standing = standing
column-case = case
column-rule = rule
column-clock = clock
column-due = due
column-raised = raised
column-why = why
column-at = at
column-event = event
column-by = by
column-remark = why
column-when = when
column-recipient = to
column-address = address
column-what = what
column-compared = compared
column-replayed = replayed
column-new = new
column-gone = gone
column-source = source
column-silence = silence
column-until = until
column-set_by = by
column-ended_early = ended
column-hidden = hidden
column-letter = letter
column-subject = subject
column-written = written
column-tries = tries
column-next_try = next try
column-last_outcome = last outcome
column-ended = ended
column-lot = lot
column-red = red
column-yellow = yellow
column-notice = notice
column-clock_or_rule = clock or rule
column-now = now
column-then = then

## alert

alert-subject_none = [{ $cards }] { $count } { $what }{ $worst }
alert-subject_one = [{ $cards }] { $unit }: { $count } { $what }{ $worst }
alert-subject_many = [{ $cards }] { $units } units: { $count } { $what }{ $worst }
alert-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
alert-and_revoked = , { $count } withdrawn
alert-worst = {" "}(up to { $late } over)
alert-worst_by_law = {" "}(up to { $late } over the law's limit)
alert-what_late = past a limit
alert-what_statutory = past the law's limit
alert-what_notice = near a limit
alert-what_other = to be looked into
alert-what_referred = with a faulty record, late or nearly so
alert-what_mixed = to be dealt with
alert-what_revoked = withdrawn
alert-what_calendar = the calendar is running out
alert-what_source = no data from a source
alert-what_clock = clock ahead
alert-what_suspect = source doubted
alert-what_unseen = fell due unseen
alert-calendar_subject = [System] the working-day calendar is running out
alert-source_subject = [System] no data from the source `{ $name }`
alert-suspect_subject = [System] the source `{ $name }` is doubted: its cases are not judged
alert-unseen_subject = [to review] cases of the source `{ $name }` fell due while it was not read
alert-greeting = { $name },
alert-folded_twice = { $count } cases in all; the { $shown } most pressing follow, the { $listed } most pressing are attached; the administrator has the whole list.
alert-folded = { $count } cases in all; the { $shown } most pressing follow, the whole list is attached.
alert-briefly = { $count } cases in all; basis and count of each are attached.
alert-attachment = supervision-{ $day }.xlsx
alert-list = Cases
alert-day_by_day = Day by day
alert-day_one = { $days } — { $what }
alert-day_two = { $days } — { $nature } — { $what }
alert-day = Day
alert-case = Case
alert-item = Item
alert-unit = Unit
alert-started = Runs from
alert-limit = Limit
alert-basis = Basis
alert-due = Due
alert-state = What happened
alert-count = Count
alert-todo = To do
alert-colon = { ": " }
alert-semicolon = { "; " }
alert-stop = { ". " }
alert-mark_begin = { "[" }
alert-mark_end = { "] " }
alert-card = Card
alert-rule = Rule
alert-also = Also: { $words }
alert-also_todo = On “{ $name }”: { $todo }
alert-counting = Runs from { $started }, the next day is day 1; { $rest } days of rest on the way are not counted{ $makeup }{ $parts }; due { $due }.
alert-counting_plain = Runs from { $started }{ $parts }, due { $due }.
alert-left_out_special = ; the special procedure from { $from }{ $to }{ $days } is left out
alert-left_out_correction = ; the correction from { $from }{ $to }{ $days } is left out
alert-left_out_to = {" "}to { $to }
alert-left_out_open = {" "}on, which has not ended
alert-left_out_days = , { $days }
alert-extended_by = ; extended by { $by }
alert-in_all = , { $total } in all
alert-working_days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
alert-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
alert-makeup = , { $days } make-up working days are
alert-revoked_todo = The { $card } card has been withdrawn; it counts nowhere and nothing is to be done.
alert-together_todo = Find out with whoever keeps the source what it, its export or the mapping does wrong, and have it mended. While they are so many there is no letter on each: the digest counts them, and `jianchad findings --open --rule data-fault` lists them.
alert-revoked_todo_in_place = The { $card } card, which was told to somebody else before, has been withdrawn; it counts nowhere and nothing is to be done.
alert-moved_mark = { $card }: due on another day
alert-moved_unit_mark = { $card }: with another unit now
alert-grown_mark = { $card }: has grown
alert-referred_mark = { $card }: fault in the record of a late case
alert-reminded_mark = { $card }: reminder
alert-unanswered_mark = { $card }: told one level up
alert-ordered_mark = { $card }: order to finish
alert-upheld_mark = { $card }: upheld
alert-silenced = not told while a silence held until { $until }
alert-clock_was_ahead = The clock of this system was wrong and showed times up to { $until }. It has been put right: what was told by it was judged anew, and what does not hold is taken back here.
alert-found_late = Nothing ran from { $since } on: what follows was found late, and happened earlier.
alert-what_refused = address refused
alert-refused_subject = [system] { $name } refuses our letters
alert-what_unmapped = code not mapped
alert-unmapped_subject = [system] a code is not mapped: { $name }
alert-what_stopped = a clock stopped
alert-stopped_subject = [system] the clock { $name } runs on no case any more
alert-what_ledger = a new ledger
alert-what_replaced = the ledger is not the one that was last used
alert-replaced_subject = [system] the ledger is not the one that was last used
alert-ledger_subject = [system] a new ledger begins
alert-what_unanswered = waiting for an answer
alert-said_by = { $words } ({ $by })
alert-upheld_todo = On review the { $card } card stands.
alert-revoked_mark = { $card } withdrawn
alert-lacks_item = Add the item to the catalogue (`items.csv`), with its limits, or have the unit correct its code; until then no limit of the case may be counted.
alert-answer_how = To answer, reply to this mail with the case number and the reason; a supervisor will enter it.
alert-answer_how_supervisor = Review what the units answer and pass it to the administrator to be entered, as well as each order, each card upheld and each withdrawn. The administrator can give you the day-by-day count.
alert-answer_how_admin = Enter what the units answer and what the supervisors decide: `jianchad card`. The day-by-day count: `jianchad explain` with the case number.
alert-appeal_how_by = To appeal against a card or its count, reply to this mail by { $due } with the case number, what you object to and why, and evidence; you get a receipt when it is entered. While a supervisor has yet to decide, the day by which to answer rests; if the card is upheld, it begins anew when you are told so.
alert-appeal_how = To appeal against a card or its count, reply to this mail before the answer on it is due, with the case number, what you object to and why, and evidence; you get a receipt when it is entered. While a supervisor has yet to decide, the day by which to answer rests; if the card is upheld, it begins anew when you are told so.
alert-explain_how = The day-by-day count may be attached to an appeal.
alert-answer_rests_unit = While the appeal waits to be decided, the day by which to answer rests.
alert-answer_rests_supervisor = The unit's appeal waits to be decided; until then the day by which it is to answer rests.
alert-table = Card table: { $table }.
alert-signature = { $office }
alert-comrade = { $name }
alert-lead_unit = As of { $as_of }, these cases need you.
alert-lead_elsewhere_unit = As of { $as_of }, these cases are with another unit now: please explain what fell to you.
alert-lead_supervisor = As of { $as_of }, these cases of the units you supervise are late or need looking into.
alert-lead_together = As of { $as_of }, so many cases of one source are late or nearly so with faults in their records that they are told together.
alert-lead_asked_unit = As of { $as_of }, a supervisor is to decide on these cards.
alert-lead_asked_supervisor = As of { $as_of }, please decide whether these cards fall or stand.
alert-lead_admin = As of { $as_of }, these findings came to you because nobody else can be told, because the address of who was to be told takes no letters, or by a route; please pass them on.
alert-lead_own = As of { $as_of }, the system itself needs you.
alert-lead_revoked = As of { $as_of }, these cards have been withdrawn.
alert-why_begun = Running since { $started },{" "}
alert-why_limit = { $name } { $limit }: due { $due },{" "}
alert-why_same_day = { $name }: the same day,{" "}
alert-why_open = { $open }
alert-why_overdue = { $open }, { $late } late
alert-why_ended = { $done } { $stopped }, { $late } late
alert-why_gone = now over
alert-why_provisional = {" "}(provisional: the working-day calendar for then is not announced)
alert-why_revoked = Why it was withdrawn: { $words }
alert-note_revoked = Why it was withdrawn: { $words } ({ $by })
alert-note_ordered = The order: { $words } ({ $by })
alert-note_upheld = Why it stands: { $words } ({ $by })
alert-own_mark = system
alert-unseen_mark = to review
alert-subject_source = source `{ $name }`
alert-subject_calendar = working-day calendar
alert-subject_ledger = the ledger
alert-what_overdue = not answered in time
alert-reminded_over_mark = { $card }: reminder, not answered in time
alert-unanswered_over_mark = { $card }: not answered in time, told one level up
alert-answer_unit = Please answer in writing by { $answer }.
alert-answer_supervisor = The unit is to answer in writing by { $answer }.
alert-answer_within_unit = Please answer in writing within { $within }.
alert-answer_within_supervisor = The unit is to answer in writing within { $within }.
alert-answer_over_unit = An answer was due by { $due } and is { $late } late: please answer on the day you read this.
alert-answer_over_supervisor = The unit was to answer by { $due } and is { $late } late: see that it answers at once.
alert-ordered_unit = Please finish by { $order } as ordered; otherwise the card becomes red.
alert-ordered_supervisor = See that the unit finishes by { $order } as ordered, and check that it did; otherwise the card becomes red.
alert-ordered_other_unit = Please put it right by { $order } as ordered; otherwise the card becomes red.
alert-ordered_other_supervisor = See that the unit puts it right by { $order } as ordered, and check that it did; otherwise the card becomes red.
alert-order_failed = It was ordered to be finished by { $order }, and was not.
alert-ordered_elsewhere_unit = The case is with { $holder } now; as ordered, by { $order } { $holder } is to do this: { $act }; please help with it; otherwise the card becomes red.
alert-ordered_elsewhere_holder = The case is with you now: as ordered, by { $order } please { $act }; what fell due before the hand-over is for { $unit } to answer.
alert-ordered_elsewhere_supervisor = The case is with { $holder } now: see that, as ordered, by { $order } { $holder } does this: { $act }; check that it did; otherwise the card of { $unit } becomes red.
alert-order_over_elsewhere_unit = The order was due on { $order }; the case is with { $holder } now: please help with it, and explain in writing.
alert-order_over_elsewhere_supervisor = The order was due on { $order }; the case is with { $holder } now: see that { $holder } carries it out at once, and check the result.
alert-order_passed_on_unit = There is an order on the case, to be carried out by { $order }.
alert-order_passed_on_supervisor = There is an order on the case: see that the unit that has it now carries it out by { $order }.
alert-elsewhere_unit = The case is with { $holder } now: what is to be entered or corrected in the system, do together with it.
alert-elsewhere_supervisor = The case is with { $holder } now: see to it too where the record is to be corrected there.
alert-order_over_unit = The order was due on { $order }: carry it out at once and report in writing.
alert-order_over_supervisor = The order was due on { $order }: see that the unit carries it out at once, and check the result.
alert-gone_unit = This is put right by now; please say how it came about.
alert-gone_supervisor = This is put right by now; please review what the unit says of it.
alert-retired_unit = Please look into this and explain it.
alert-retired_supervisor = Please look into this, and have the unit explain it where need be.
alert-table_version = Card table: { $table }; rules version { $policy }.
alert-contested_unit = Whether the { $card } card falls is for a supervisor to decide; until then it counts as before.
alert-contested_supervisor = Compare what was and what is on record and when it was entered, and decide { $by } whether the { $card } card falls or stands; the administrator enters the decision; until then it counts as before.
alert-appealed_unit = A supervisor decides on the objection; until then the card counts as before.
alert-appealed_supervisor = Look into the objection and the count, and decide { $by } whether the { $card } card falls or stands; the administrator enters the decision; until then it counts as before.
alert-decide_by = by { $due }
alert-decide_within = within { $within }
alert-decide_over = on the day you read this (it was to be decided by { $due } and is { $late } late)
alert-in_question = Whether the { $card } card falls waits for a supervisor's decision; until then it counts as before.
alert-contested_mark = { $card }: withdrawal to decide
alert-contested_reminded_mark = { $card }: withdrawal to decide, reminder
alert-contested_unanswered_mark = { $card }: withdrawal not decided in time, told one level up
alert-appealed_mark = { $card }: objection to decide
alert-appealed_reminded_mark = { $card }: objection to decide, reminder
alert-appealed_unanswered_mark = { $card }: objection not decided in time, told one level up
alert-what_contested = with a withdrawal to decide
alert-what_appealed = with an objection to decide
alert-what_undecided = not decided in time
alert-note_appealed = The objection: { $words } ({ $by })
alert-why_contested = By what was entered after it was told at { $told }, the { $card } card falls or is another unit's: a supervisor decides.
alert-why_given = when it was told: { $words }; upheld
alert-why_upheld = The { $card } card was upheld at { $at }, and more was entered since.
alert-rests_started = Ran from
alert-rests_due = Was due
alert-rests_count = Was counted
alert-rests_counted = Running from { $started }, the next day is day 1; { $rest } days of rest on the way are not counted{ $makeup }{ $parts }; { $days } working days counted, due { $due }{ $late }.
alert-rests_plain = Running from { $started }{ $parts }, due { $due }{ $late }.
alert-rests_late = ; { $late } late when it was told
alert-told_at = Told
alert-record_then = On record then
alert-record_now = On record now
alert-record = { $words }, { $entry }
alert-record_none = nothing of the kind
alert-record_gone = taken out, { $entry }
alert-record_gives = Which gives
alert-found = Found
alert-no_unit = matters of no unit
alert-unit_unknown = unit not known (source “{ $source }”)
alert-holder = Now with
alert-handed_mark = handed over
alert-what_handed = handed over
alert-act_finish = finish the case
alert-act_answer = answer the applicant
alert-act_decide = decide on the case
alert-act_deliver = deliver the document
alert-act_accept = decide whether the application is accepted
alert-act_ask = tell the applicant once what is to be corrected
alert-act_ask_or_accept = tell the applicant once what is to be corrected, or decide whether the application is accepted
alert-act_special = end the special procedure and enter when it ended
alert-act_forward = pass the matter on
alert-act_stage = carry out the stage “{ $name }”
alert-act_other = see to “{ $name }”
alert-ordered_act_unit = As ordered, by { $order } please { $act }; otherwise the card becomes red.
alert-ordered_act_supervisor = See that, as ordered, by { $order } the unit does this: { $act }; check that it did; otherwise the card becomes red.
alert-order_failed_act = It was ordered, by { $order }, to { $act }; that was not done.
# What each rule asks for: of the unit.

## todo_unit

todo_unit-time-limit = Finish at once, and say why it is late.
todo_unit-time-limit-near = By { $due }, please { $act }; an extension must be approved, and the applicant told, before then.
todo_unit-time-limit-ended = The case is finished: give the reason why it was late; if the count is wrong, appeal at the same time with evidence.
todo_unit-time-limit-undated = Finish as soon as you can; the due day follows when the clock runs again.
todo_unit-time-limit-elsewhere = The case is with { $holder } now, and you need not go on with it: say why it is late; if the count is wrong, appeal at the same time with evidence.
todo_unit-time-limit-elsewhere-near = The case is with { $holder } now, and you need not go on with it.
todo_unit-time-limit-act = Please { $act } at once, and say why it is late.
todo_unit-time-limit-act-near = By { $due }, please { $act }.
todo_unit-time-limit-deemed = Nobody was told in time, so the case counts as accepted by law: decide on it within its limit, and say why nobody was told.
todo_unit-time-limit-act-ended = This is done: give the reason why it was late; if the count is wrong, appeal at the same time with evidence.
todo_unit-time-limit-act-undated = As soon as you can, please { $act }; the due day follows when the clock runs again.
todo_unit-missing-step = Check whether the stage was carried out; if so, enter it in the system and say why it is late.
todo_unit-wrong-order = Check the times of the stages; correct what was entered wrongly, or say why they ran out of order.
todo_unit-late-entry = Enter what is done when it is done; say why this was entered late.
todo_unit-backdated-entry = Check when the record was really entered; a time that the system sets is not to be changed: explain in writing and correct what is wrong.
todo_unit-entered-together = Say why the stages were entered in one go; from now on enter each as it is done.
todo_unit-entered-ahead = Say why the record was there before its time; enter what happened when it has happened, and correct what is wrong.
todo_unit-seen-finished = Say why the case was entered only when it was finished; from now on enter it on receipt.
todo_unit-off-hours-entry = Say why this was entered outside office hours, and by whom.
todo_unit-one-person = Check who handled each stage; if it was one person, say how duties are shared.
todo_unit-second-correction = What is to be corrected is told at once; say why it was asked for again.
todo_unit-special-misuse = Supply the ground, length and notice of the special procedure; without ground, let the clock run again.
todo_unit-special-unpaired = Correct the beginning and the end of the special procedure; until then nothing is left out for it.
todo_unit-step-due-done = Say why the step was late.
todo_unit-step-due-due_day = See whether that due day is right, and mend it.
todo_unit-step-due = Say why the step is late, and do it soon.
todo_unit-special-excess = Bring the special procedure to its end and go on with the case; what is beyond the bound counts again.
todo_unit-special-excess-elsewhere = Say why the special procedure went beyond its bound; the case is with { $holder } now, which is to end it and go on.
todo_unit-extension-misuse = Say on what ground the extension rests and who approved it; what breaks the rules adds nothing: by { $due }, please { $act }.
todo_unit-extension-misuse-elsewhere = Say on what ground the extension rests and who approved it; what breaks the rules adds nothing, and the case is with { $holder }, which by { $due } is to do this: { $act }.
todo_unit-extension-misuse-undated = Say on what ground the extension rests and who approved it; what breaks the rules adds nothing.
todo_unit-dummy-values = Fill the field in with what is true.
todo_unit-bare-refusal = Enter the reason, and tell the applicant how the decision can be challenged.
todo_unit-withdrawn-at-limit = Say why the case was withdrawn, or not accepted after all, so near its limit, and attach what the applicant wrote or was told.
todo_unit-refiled = Say why the matter was filed again; treat the same application by its first acceptance.
todo_unit-changed-after-fact = Say why the record was changed, when, and with whose approval.
todo_unit-vanished-record = Say why the record is gone; if it was deleted by mistake, restore it. A deletion stops no clock and no card.
todo_unit-fee = Check the ground of the charge; give back what was too much, and note why what was too little was let off.
todo_unit-expired-item = The item is no longer in force: accept no more, settle what was accepted by law, and tell the applicant.
todo_unit-required-field = Fill in the required fields.
todo_unit-too-fast = Check when the case began and ended; if it was so fast, say how it was handled.
todo_unit-entry-burst = Say why so many were entered in one go; from now on enter each as it is done.
todo_unit-copied-reason = Give the particular reason of each case.
todo_unit-last-day-heap = Spread the work, and do not leave it all to the last day.
todo_unit-number-gap = Say what became of the missing numbers; if they were voided, show the register.
todo_unit-met-unseen = Say when the records of that time were entered, and show the log of the approval system or signed papers.
todo_unit-off-system = Check whether this matter was accepted; if it is not in the system, enter it at once and say why.
todo_unit-silent-item = Say why the item has had no case of late; if it is handled outside the system, bring it in at once.
todo_unit-silent-unit = Say why your unit has had no case of late, and check that entering works.
todo_unit-silent-source = Check that your system still makes and hands over its records.
todo_unit-handed-over = Please go on with the case, and by { $due } { $act }; what fell due while another unit had it is not yours.
todo_unit-handed-over-undated = Please go on with the case and finish it as soon as you can; what fell due while another unit had it is not yours.
todo_unit-deemed-granted = By law it counts as granted: act on that and deliver; if it was decided otherwise, say on what basis.
todo_unit-deemed-granted-elsewhere = By law it counts as granted; the case is with { $holder } now, which is to act on that and deliver: say why it was not decided in time.
todo_unit-doubtful-fact = Enter in the system what is missing; the limit is then counted by the day that is beyond doubt.
todo_unit-data-fault = Check and correct the record in the system; until then the case is timed by the rest of its record, and gets its cards.
todo_unit-data-fault-stopped = Check and correct the record in the system.
todo_unit-data-fault-uncounted = Check and correct the record in the system; until then nothing times the case.
todo_unit-source-clock = Nothing is held against anybody for it.
todo_unit-source-dark = Help the administrator to get the source back.
todo_unit-source-suspect = Help the administrator to find out whether the source is still the same database.
todo_unit-calendar-ends = Mind that deadlines in the next year are provisional.
todo_unit-unmapped-code = Mind that these rows cannot be read yet; the administrator has been told.
todo_unit-clock-stopped = Mind that this clock runs no more; keep the limits of the catalogue.
todo_unit-ledger-replaced = Mind that the ledger was replaced: cards given before may stand in another one.
todo_unit-ledger-begun = Mind that a new ledger was begun: cards given before stand in the old one.
todo_unit-mail-refused = Put your address right and tell the administrator.
# Of supervisors and leaders, and of the administrator where nobody else can be told.

## todo_supervisor

todo_supervisor-time-limit = See that the unit finishes at once and says why it is late.
todo_supervisor-time-limit-near = Remind the unit that by { $due } it is to { $act }; check that any extension is approved before then.
todo_supervisor-time-limit-ended = The case is finished: review the reason that the unit gives for the delay, and any appeal.
todo_supervisor-time-limit-undated = Watch the due day when the clock runs again, and see that the unit keeps it.
todo_supervisor-time-limit-elsewhere = The case is with { $holder } now: see that { $holder } does this soon: { $act }; the lateness is that of { $unit }: review the reason that { $unit } gives.
todo_supervisor-time-limit-elsewhere-near = The case is with { $holder } now: remind { $holder } to do this in time: { $act }.
todo_supervisor-time-limit-act = Have the unit do this at once: { $act }; and have it say why it is late.
todo_supervisor-time-limit-act-near = Remind the unit that by { $due } it is to do this: { $act }.
todo_supervisor-time-limit-deemed = Nobody was told in time, so the case counts as accepted by law: see that the unit decides on it within its limit, and have it say why nobody was told.
todo_supervisor-time-limit-act-ended = This is done: review the reason the unit gives for being late, and any appeal.
todo_supervisor-time-limit-act-undated = Watch the due day once the clock runs again, and that the unit does this in time: { $act }.
todo_supervisor-missing-step = Check whether the unit skipped the stage; where it did, see that it is carried out.
todo_supervisor-wrong-order = Find out why the stages ran out of order; where procedure was broken, have it corrected.
todo_supervisor-late-entry = Check whether the unit works first and enters later, and see that it enters at once.
todo_supervisor-backdated-entry = Check whether the time of entry was typed by hand, with the system's own log where needed, and decide whether to issue the finding.
todo_supervisor-entered-together = Look at the papers of the case, and check that each stage was carried out.
todo_supervisor-entered-ahead = Check when this was really done, by the log of the approval system and the signed papers; a date that was only mistyped is to be corrected in the record.
todo_supervisor-seen-finished = Check whether the case was handled outside the system, and see that cases are entered on receipt.
todo_supervisor-off-hours-entry = Check who entered this outside office hours, and with what right.
todo_supervisor-one-person = Check whether one person handled, reviewed and approved, and see that duties are separated.
todo_supervisor-second-correction = Check whether asking again was needed, and see that the unit asks once.
todo_supervisor-special-misuse = Review the ground and length of the special procedure; without ground, have the clock run again.
todo_supervisor-special-unpaired = Check when the special procedure began and ended, and see that the unit corrects the record.
todo_supervisor-step-due-done = Find out why the step was late.
todo_supervisor-step-due-due_day = See that the unit mends that due day; a day that nobody could meet keeps the step from being watched.
todo_supervisor-step-due = See that the unit does each step in time.
todo_supervisor-special-excess = Find out why the special procedure went beyond its bound, and see that the unit goes on with the case.
todo_supervisor-special-excess-elsewhere = Find out why the special procedure went beyond its bound; the case is with { $holder } now: see that { $holder } ends it and goes on.
todo_supervisor-extension-misuse = Review the ground, length and approval of the extension; where it breaks the rules, have it corrected, and see that by { $due } the unit does this: { $act }.
todo_supervisor-extension-misuse-elsewhere = Review the ground, length and approval of the extension; where it breaks the rules, have it corrected; the case is with { $holder } now: see that by { $due } { $holder } does this: { $act }.
todo_supervisor-extension-misuse-undated = Review the ground, length and approval of the extension; where it breaks the rules, have it corrected.
todo_supervisor-dummy-values = See that the unit fills the field in truthfully, and look at other records of the kind.
todo_supervisor-bare-refusal = Check that the applicant was given the reason; if not, have it given.
todo_supervisor-withdrawn-at-limit = Ask the applicant whether the withdrawal was free, or whether he was told that it is not accepted, lest a limit be escaped by it.
todo_supervisor-refiled = Compare the two cases, and check whether a new limit was gained by filing again.
todo_supervisor-changed-after-fact = Compare the record before and after, and check whether it was changed to escape supervision.
todo_supervisor-vanished-record = Have the unit and the administrator find out what became of the record; if it was rightly deleted, withdraw this, and the record counts no more.
todo_supervisor-fee = Compare the receipt with the fee, and see that what was too much is given back.
todo_supervisor-expired-item = Find out why an item out of force is still accepted, and see that the catalogue is put in order.
todo_supervisor-required-field = See that the unit fills in the required fields.
todo_supervisor-too-fast = Look at the papers of the case: was it handled before it was entered, or not examined?
todo_supervisor-entry-burst = Check who entered them and which cases they are, and look into how some were handled.
todo_supervisor-copied-reason = Look into some of the cases: is the reason true of each?
todo_supervisor-last-day-heap = Find out what holds the unit up, and press for speed.
todo_supervisor-number-gap = Check whether the cases with the missing numbers were handled outside the system or deleted.
todo_supervisor-met-unseen = Check the log of the approval system and the signed papers: were these records entered when they say? All of them stand in the view `met_unseen` of the ledger; the administrator has the list, and enters what you decide.
todo_supervisor-off-system = Check for handling outside the system, and see that everything is brought into it.
todo_supervisor-silent-item = Check whether the item has stopped or is handled outside the system.
todo_supervisor-silent-unit = Go and see the unit’s window: has it stopped using the system?
todo_supervisor-silent-source = Have the administrator check whether this source leaves records out.
todo_supervisor-handed-over = Check that the case was handed over in order, and see that by { $due } the unit that has it now does this: { $act }.
todo_supervisor-handed-over-undated = Check that the case was handed over in order, and see that the unit that has it now finishes as soon as it can.
todo_supervisor-deemed-granted = See that the unit acts on what counts as granted and delivers it; if it decided otherwise, review on what basis.
todo_supervisor-deemed-granted-elsewhere = By law it counts as granted; the case is with { $holder } now: see that { $holder } acts on that and delivers, and review why { $unit } did not decide in time.
todo_supervisor-doubtful-fact = Check whether the missing notice or approval exists, and see that it is entered.
todo_supervisor-data-fault = See that the unit corrects the record; compare it with the papers where need be. Until then the rest of the record is timed.
todo_supervisor-data-fault-stopped = See that the unit corrects the record; compare it with the papers where need be.
todo_supervisor-data-fault-uncounted = See that the unit corrects the record; compare it with the papers where need be. Until then nothing times the case.
todo_supervisor-source-clock = Have the clock of the approval system put right (NTP), or ours, if it is the one that is wrong. Nobody is accused of what the clock explains.
todo_supervisor-source-dark = Check the source; until it is in order again passing time gives no card to cases that wait for it, and no finding goes away.
todo_supervisor-source-suspect = Check whether the path still leads to the same database, whether an older copy was put in its place, and whether rows were deleted. Once it looks as before the doubt ends by itself; if it is right as it is, say why and let the administrator confirm it, and each case that is gone is found as a vanished record.
todo_supervisor-calendar-ends = Add the new year’s notice to the calendar when it is out; until then deadlines in that year are marked provisional.
todo_supervisor-unmapped-code = Find out what the code means, add it to `codes` of that read (an outcome to `outcomes`) and reload: its rows are read again by themselves. If it was typed wrongly, have the unit correct it.
todo_supervisor-clock-stopped = Look at what changed lately in configuration, catalogue and sources. If it was a mistake, put it back; if it was meant, nothing need be done.
todo_supervisor-ledger-replaced = See with the administrators whether the ledger was meant to be replaced or restored. Where it was not, have the service stopped and the old one put back: cards and decisions of the old one are not known to it.
todo_supervisor-ledger-begun = See whether a new ledger was meant to begin. At the first installation nothing need be done; if nobody meant it, put the old path back (`ledger`) and reload: the cards and decisions of the old ledger then hold again.
todo_supervisor-mail-refused = Nothing more is sent there; who stands in, or the administrators, get its letters. Check the contacts, then run `jianchad mail retry --address ADDRESS`.
# What the administrator does himself.

## todo_admin

todo_admin-vanished-record = Find out what became of the record, and tell the unit and the supervisors.
todo_admin-silent-source = Check whether this source leaves data out.

## digest

digest-subject = [Daily supervision] { $day }: open red { $red }, yellow { $yellow }; item coverage { $coverage }
digest-lead = How things stand as of { $as_of }. This mail comes every working day; if it does not, something is wrong.
digest-cards = Open findings
digest-pending = Cases with findings that wait for a supervisor: { $count }; see `jianchad findings`.
digest-contested = Cases of which a card waits for a decision whether it falls by what was entered after it had been told: { $count }; until then it counts.
digest-appealed = Objections that wait for a decision: { $count }.
digest-no_cards = No red card, yellow card or notice is open.
digest-units = By unit
digest-unit = Unit
digest-red = red
digest-yellow = yellow
digest-notice = notice
digest-open = open
digest-revoked = withdrawn
digest-total = total
digest-coverage = Coverage
digest-measure = Measure
digest-share = of
digest-percent = Rate
digest-change = Change
digest-points = { $points } points
digest-missing = { $unconnected } items unconnected, { $silent } silent, { $exempt } exempt by leave, { $out_of_season } out of season; { $out_of_force } more are not in force and no part of the figures.
digest-silent = Silent items (left traces once, none of late)
digest-last_trace = last trace { $day }
digest-unknown = {" "}({ $count } more unknown)
digest-month = { $period }, against the same days of the month before
digest-month_cards = Cards by rule (a case may have several):
digest-pending_all = Waiting for a supervisor ({ $count }): the units have not been told. Decide whether each is issued or dismissed, and have the administrator enter it (`jianchad card issue`, `jianchad card review --dismiss`)
digest-pending_first = Waiting for a supervisor ({ $count } in all; { $shown } follow, `jianchad card review` lists the rest): the units have not been told. Decide whether each is issued or dismissed, and have the administrator enter it (`jianchad card issue`, `jianchad card review --dismiss`)
digest-fallen_all = Cards that fell before anybody was told of them ({ $count }), since the last working day: by what was read of the case after its limit. Where it matters, check that the times in the record are true
digest-fallen_first = Cards that fell before anybody was told of them ({ $count } in all; the newest { $shown } follow, the administrator has the rest), since the last working day: by what was read of the case after its limit. Where it matters, check that the times in the record are true
digest-in_the_way_all = Faults in the records of cases that are late or nearly so ({ $count }): until they are mended their limits are counted by the rest of the record. See that they are corrected
digest-in_the_way_first = Faults in the records of cases that are late or nearly so ({ $count } in all; { $shown } follow, those with the gravest cards first): until they are mended their limits are counted by the rest of the record. See that they are corrected
digest-unanswered = { $count ->
    [one] { $count } red or yellow card has not been answered in time; it is named below.
   *[other] { $count } red or yellow cards have not been answered in time; they are listed below.
}
warning-refused_alike = the mail server refuses several addresses alike, which is its own fault: no address is given up, and letters wait until it takes them ({ $count }). Ask the administrator of the mail server; the contacts need no change
warning-waits_for_person = letters that may have arrived, and are not sent again until somebody has looked: { $count }
warning-waits = other rules wait to be adopted; until then the old ones judge. They would do this, as of { $as_of }: { $would }.
warning-waits_unjudged = other rules wait to be adopted; until then nothing is judged, and reading goes on. They would do this, as of { $as_of }: { $would }.
warning-silence = silenced: { $scope } until { $until } ({ $by }: { $why }); { $hidden } events kept back
warning-page = a page of your own cannot be used, and the shipped one stands in for it: { $fault }
warning-refused = { $address } refuses letters, nothing is sent there: { $why }
warning-last_failure = { $address }: { $why }
warning-unsent = waiting ({ $count } in all): { $to }, { $subject }
digest-unanswered_all = Not answered in time ({ $cards } cards on { $count } cases)
digest-unanswered_first = Not answered in time ({ $cards } cards on { $count } cases; the { $shown } that wait longest follow, the administrator has the rest)
digest-several_cards = {" "}and more ({ $count })
digest-answer_due = to be answered by { $due }
digest-due_soon_all = Open cases due within five working days ({ $count })
digest-due_soon_first = Open cases due within five working days ({ $count } in all; the first { $shown } follow, the administrator has the rest)
digest-none_due = No open case is due within five working days.
digest-red_cards_all = Open red cards ({ $count })
digest-red_cards_first = Open red cards ({ $count } in all; the { $shown } that are the longest late follow, the administrator has the rest)
digest-red_late = { $matter } { $late } late
digest-turn_withdrawal = a supervisor decides whether it falls
digest-turn_objection = a supervisor decides on the objection
digest-turn_ordered = ordered: { $holder } by { $due }
digest-turn_order_over = ordered by { $due }, which is over: { $holder }
digest-turn_answer = { $unit } answers by { $due }
digest-turn_answer_over = { $unit } was to answer by { $due }
digest-turn_finish = { $holder } finishes it
digest-changed = What changed in coverage
digest-unchanged = No figure of coverage has changed since it was last measured.
digest-without_cards_all = The other { $count } units have no card: { $names }
digest-without_cards_first = The other { $count } units have no card: { $names } and more
digest-clocks = Clocks in force, with the cases each runs on
digest-clock = { $name } { $cases }
digest-clocks_idle = on no case: { $names }
digest-sources = Sources
digest-source_ok = in order
digest-source_unread = not read yet
digest-source_dark = cannot be read
digest-source_incomplete = read in part
digest-source_overdue = delivery overdue
digest-source_suspect = doubted, not judged
digest-source_removed = not configured any more
digest-complete_until = complete until { $at }
digest-alike = { $count } numbers in more than one spelling, each counted: { $numbers }
digest-held_back = { $cases } cases that fell due since get no card yet
digest-held_since = cases wait since { $at } for files that cannot be read
digest-last_read = last read { $at }
digest-newest = newest record { $at }
digest-faults = Data faults: cases whose records contradict themselves { $faults }: what contradicts is not judged, and the rest of their clocks goes on.
digest-quarantine = Rows in quarantine: { $open }.
digest-letters = Letters: { $sent } sent, { $queued } waiting, { $refused } refused.
digest-last_failure = Last failure to send: { $why }
digest-cases = Cases on record: { $all }, of them open: { $open }.
digest-cases_fault = {" "}{ $fault } more have a fault in their record and are not among the open ones.
digest-month_unwatched = nothing was supervised in this period: no cards
digest-no_lead = Nobody who leads { $names } can be told: their cards go to the administrators besides the clerk; please complete the contacts.
digest-no_lead_first = Nobody who leads { $names } and others ({ $count } units) can be told: their cards go to the administrators besides the clerk; please complete the contacts.
digest-without_limit = {" "}{ $count } items of the catalogue have no limit of their own: only what the law says of such matters runs.
digest-footnote = A case counts once, under its highest card; withdrawn cards stand apart; data faults count against no unit.

## bulletin

bulletin-subject = [bulletin] { $period }: { $red } cases red, { $yellow } yellow
bulletin-subject_not_begun = [bulletin] { $period }: supervision had not begun
bulletin-subject_unwatched = [bulletin] { $period }: nobody looked
bulletin-title_of = { $period }:{" "}
bulletin-title_what = electronic supervision of approvals
bulletin-salutation = To the units concerned:
bulletin-lead = This is how electronic supervision of approvals went in { $period }.
bulletin-head_state = 1. The state
bulletin-head_problems = 2. Problems
bulletin-head_red = 3. Cases with a red card
bulletin-head_required = 4. What is required
bulletin-head_tables = Tables
bulletin-sentence = { $words }.
bulletin-unsupervised = Supervision had not begun in this period: there are no cards, and only the cases are reported.
bulletin-no_round = Supervision did not run in this period: there are no cards, and only the cases are reported.
bulletin-not_yet = The last round of supervision was on { $day }: nothing is known of this period yet, neither cases nor cards.
bulletin-known_until = All this is as of { $day }.
bulletin-given = Each of these cases counts once, under its highest card; card by card, there were { $cards }.
bulletin-cards_part = { $what } { $count }
bulletin-cases_red = cases with a red card
bulletin-cases_yellow = cases with a yellow card
bulletin-cases_notice = cases with a notice
bulletin-cases_revoked = cases with a card withdrawn
bulletin-unit_unknown = unit not known
bulletin-unit_gone = unit { $code }, not in the registry
bulletin-supervised_from = Supervision began on { $day }; cards are counted from that day on.{" "}
bulletin-cards_alone = { $cards }; the period before was not supervised, so they are not compared.
bulletin-coverage_now = Item coverage: { $figure }.
bulletin-problem = { $rule }: { $cards }; { $units }.
bulletin-problem_of_none = { $rule }: { $cards }.
bulletin-and_more = { $names } and more, { $count } units in all
bulletin-no_problems = Nothing to report was found in this period.
bulletin-no_problems_unsupervised = Supervision had not begun in this period: nothing was looked into.
bulletin-no_problems_unwatched = Nobody looked in this period: whether there were problems is not known.
bulletin-number = ({ $place }){" "}
bulletin-red_list = Red cards
bulletin-red_case = Case
bulletin-red_item = Item
bulletin-red_matter = What
bulletin-red_state = State
bulletin-red_over = finished
bulletin-red_open = open
bulletin-no_red = No case was given a red card in this period.
bulletin-no_red_unsupervised = Supervision had not begun in this period: no cards were given.
bulletin-no_red_unwatched = Nobody looked in this period: no cards were given.
bulletin-require_answer = Units with red or yellow cards find the reason of each, finish at once what is open, and answer in writing in time.
bulletin-require_record = Everything is entered when it happens and as it happened; records with faults are completed and corrected, with the reason.
bulletin-require_idle = Units that received nothing look into whether their work goes on and is entered; nothing is accepted or handled outside the system.
bulletin-require_appeal = Who objects to a card appeals before the answer on it is due, with evidence.
bulletin-require_go_on = All units go on finishing in time and entering what happened.
bulletin-alone = { $what } { $now } (nothing was supervised before)
bulletin-more = { $what } { $now } (before: { $before }, { $change } more)
bulletin-fewer = { $what } { $now } (before: { $before }, { $change } fewer)
bulletin-as_many = { $what } { $now } (as many as before)
bulletin-before = the period before
bulletin-total = all
bulletin-by_unit = work and cards by unit (cases)
bulletin-by_outcome = outcomes by unit
bulletin-granted = granted
bulletin-refused = refused
bulletin-withheld = disclosure refused
bulletin-partly = in part
bulletin-not_held = not held
bulletin-elsewhere = another office's
bulletin-outcome_unknown = not stated
bulletin-decided = How the closed cases were decided: { $parts }.
bulletin-decided_part = { $what } { $count }
bulletin-by_rule = by rule (cards, not cases)
bulletin-unit = unit
bulletin-rule = rule
bulletin-begun = received
bulletin-closed = closed
bulletin-not_accepted = not accepted
bulletin-withdrawn = withdrawn
bulletin-notice = notice
bulletin-yellow = yellow
bulletin-red = red
bulletin-revoked = withdrawn cards
bulletin-idle = Units with items in the system that received nothing ({ $count }): { $names }
bulletin-coverage = item coverage
bulletin-coverage_on = { $day }: { $share }% ({ $numerator }/{ $denominator })
bulletin-moved = items that came or left
bulletin-cards = cases with cards by unit (red/yellow/notice)
bulletin-ages = open cases at the end, by days since they began
bulletin-age_10 = up to 10
bulletin-age_30 = 11 to 30
bulletin-age_90 = 31 to 90
bulletin-age_more = more than 90
bulletin-moved_how = { $before } → { $after }
bulletin-state_active = seen
bulletin-state_silent = silent
bulletin-state_unconnected = unconnected
bulletin-state_exempt = exempt
bulletin-state_unknown = unknown
bulletin-state_out_of_season = out of season
bulletin-state_out_of_force = not in force
bulletin-state_none = not in the catalogue
bulletin-attachment = bulletin-{ $period }.xlsx
bulletin-footnote = The state and the units count cases, each once in the period under its highest card; the rules count cards, of which a case may have several; withdrawn cards stand apart and are no red or yellow ones; data faults and what waits for a supervisor are held against no unit. Units stand in the order of the registry, which is no ranking.

## ended: that the service ended by failure and runs again

ended-subject = [system] the supervision service ended by failure and runs again
ended-panicked = At { $at } the supervision service broke off by a fault of its own program.
ended-failed = At { $at } the supervision service ended because something was not there that it cannot go on without.
ended-stood_still = From { $at } on a round of the supervision service did not go on, so the system ended the service.
ended-killed = The supervision service that was started at { $began } was ended from outside and left no word: it was killed, or the machine was short of memory.
ended-why = What it said: { $why }
ended-runs_again = It has been running again since { $now }. Records, cards and letters stand in the ledger; what was unfinished is taken up by itself.
ended-untold = Since the last letter on this it ended in this way { $untold ->
    [one] once more
   *[other] { $untold } more times
}.
ended-panicked_remedy = What to do: hand the journal of that time to whoever maintains the program (journalctl -u jianchad).
ended-failed_remedy = What to do: put right what is said above. The journal has more (journalctl -u jianchad).
ended-stood_still_remedy = What to do: see whether the disk of the ledger is very slow or a share hangs (journalctl -u jianchad). If this much time is ordinary there, raise WatchdogSec of the unit.
ended-killed_remedy = What to do: see what ended it (journalctl -u jianchad; journalctl -k for want of memory, then raise MemoryMax of the unit). If somebody did so on purpose, nothing need be done.
ended-once_a_day = However often it ends in the same way, there is one letter a day.

## shorter

shorter-rest = the administrator has the whole
shorter-rest_admin = jianchad findings and jianchad explain show the whole
shorter-without_files = (The mail server limits the size of letters, so this one comes without its attachment; { $rest }.)
shorter-plain = (The mail server limits the size of letters, so this one comes without attachments and layout; its list stands at the end in short, without the count day by day; { $rest }.)
shorter-part = (The mail server limits the size of letters, so this one comes in { $of } parts, of which this is number { $part }; { $rest }.)
shorter-number = {" "}(part { $part } of { $of })
shorter-cut = (the rest is left out; { $rest })
shorter-attached = What the attachment “{ $name }” holds:

## explain: the page of a case

explain-title = Case { $number }
explain-as_of = as of { $at }
explain-item = Item
explain-unit = Unit
explain-handed_over = Handed over
explain-source = Source
explain-judged = Judged
explain-judged_then = by the records, rules and calendar known then
explain-judged_now = looked back at from today: by the rules and records of now
explain-traces = Traces
explain-emptied = (emptied at the source)
explain-changed = (since changed at the source)
explain-faults = Data faults
explain-faults_timed = Data faults (until mended, timed by the rest)
explain-moves = Due moments that moved
explain-events = Findings
explain-unreviewed = { $why } (waits for review: nobody has been told)
explain-letters = Letters
explain-day_by_day = Day by day
explain-version = rules version
explain-card_table = card table
explain-calendar = calendar version
explain-office = issued by
explain-basis = basis
explain-started = started
explain-deemed = nobody said in time what was missing: it counts as accepted since { $day } ({ $basis })
explain-counted = counted
explain-due = due
explain-provisional = { $due } (provisional)
explain-late = late
explain-due_strictly = due, read strictly
explain-due_of_notices = { $due } (notices go by it)
explain-steps_strictly = — due, read strictly { $due } —
explain-special = special procedure, left out
explain-correction = correction, left out
explain-goes_on = (goes on)
explain-extended = extended by
explain-withdrawal = withdrawal to decide
explain-withdrawal_waits = the { $card } card was told at { $told }; by what was entered since it falls or is another unit's; until it is decided it counts as before
explain-rests_on = it rests on
explain-record_then = on record then
explain-record_now = on record now
explain-record_none = nothing of the kind
explain-record_entered = { $words } ({ $entry })
explain-record_gone = taken out, { $entry }
explain-gives = which gives
explain-decide = withdrawal to decide: compare the papers, then `jianchad card uphold { $finding }` if the card stands, `jianchad card revoke { $finding }` if it falls, each with --by NAME --why TEXT
explain-unknown = the ledger knows no case `{ $case }`
explain-rules_unread = the rules of version { $version }, in force then, cannot be read: { $why }
explain-rules_not_kept = the ledger does not hold them
explain-rules_unread_remedy = run the jianchad of that time, or leave out --as-of

## status: how things stand, at a glance

status-case_of_unit = { $case } ({ $unit })
status-no_csv = status has several tables, and CSV is one
status-no_csv_remedy = `--format json` has all of them; one at a time: `sqlite3 -readonly -csv -header LEDGER "SELECT * FROM source_health"`, `jianchad coverage --format csv`, `jianchad findings --format csv`
status-round = last round { $at }
status-ledger = ledger { $file }
status-change_waits = a change of what judges waits: jianchad adopt
status-unanswered = { $count ->
    [one] { $count } red or yellow card has not been answered in time: { $cards }
   *[other] { $count } red or yellow cards have not been answered in time: { $cards }
}
status-unanswered_more = { $count ->
    [one] { $count } red or yellow card has not been answered in time: { $cards } and others
   *[other] { $count } red or yellow cards have not been answered in time: { $cards } and others
}
status-in_all = { $cases } cases ({ $open } open, { $faults } data faults); { $spoilt } rows in quarantine; letters: { $sent } sent, { $queued } waiting, { $refused } refused
status-red = red
status-yellow = yellow
status-notice = notice
status-pending = waiting for review
status-contested = withdrawal to decide
status-appealed = objection to decide
status-held_back = { $cases ->
    [one] { $cases } case that fell due since gets no card yet
   *[other] { $cases } cases that fell due since get no card yet
}
status-nothing = read as nothing: { $cells }
status-garbled = texts of which only a part can be read: { $columns } (say their encoding by `encoding`)
status-passed_over = stands in the folder and is not read: { $names }
status-unchanged_since = unchanged since { $at }
status-never_seen = attributes of the mapping that were never seen: { $names } (is a name misspelt?)
status-alike = { $count ->
    [one] { $count } number in more than one spelling, each counted: { $numbers } (is it one case?)
   *[other] { $count } numbers in more than one spelling, each counted: { $numbers } (is it one case?)
}
status-days_only = every time is 00:00:00, read as days: { $columns }
status-another_zone = entry times lie before what was entered: { $columns } (another zone? say it with `zones`; nothing is judged by them meanwhile)
status-entered_before = entered before it happened, not relied on: { $columns }

## disk: what keeps rounds from being entered in the ledger
disk-full = the disk under the ledger has { $free } left: { $file }; rounds may not be entered
disk-read_only = the disk under the ledger is read-only: { $file }; no round can be entered
disk-unfinished = the last round, begun { $at }, did not come to its end, and nobody runs one now
disk-no_round = the program runs, and since { $at } no round of it could be entered: { $file }
disk-no_folder = letters cannot leave, as their folder is not there or is no folder: { $path } ({ $queued } waiting)
disk-folder = letters cannot be put into their folder { $path } ({ $queued } waiting): { $why }
disk-remedy = free space, or let the user jianchad runs as write to disk, ledger and folder of letters; then run `jianchad once`, or read in the journal why the last round failed

## findings: the list

findings-no_unit = there is no unit with the code or name `{ $unit }`
findings-meant = is `{ $name }` meant?

## attention: what wants a person

attention = this wants attention: { $wants }
attention-source = source { $source } is { $state }
attention-letters = letters cannot leave ({ $queued } waiting, { $refused } refused)
attention-unanswered = { $count ->
    [one] 1 card was not answered in time
   *[other] { $count } cards were not answered in time
}

## law: the law's limits

law-unknown = there is no rule `{ $rule }` in the statutes; `jianchad law` lists them
law-title = { $rule }  { $law }, { $article }
law-step = To be done
law-in_force = In force
law-starts = Starts with
law-stops = Ends with
law-limit = Limit
law-counted = Counted
law-keeper = Kept by
law-left_out = Left out
law-extension = Extension
law-correction = Correction
law-expiry = When it has passed
law-note = Note
law-follows = Follows
law-source = Source
law-from_to = { $from } to { $to }
law-from = since { $from }
law-limit_of_field = { $limit } ({ $field })
law-limit_back = at least { $limit } before that event
law-limit_assumed = { $limit } (the number or the unit is an assumption)
law-by_article = { $causes } ({ $article })
law-at_most = { $causes }, { $limit } at most
law-time = { $cause }: { $length } ({ $basis })
law-told_in_writing = the applicant is told in writing how long
law-extended_once = { $by } by leave of { $approver }, once
law-extended = { $by } by leave of { $approver }, { $times } times at most
law-start_counts = with the start day
law-start_not = without the start day
law-rolls = a last day off moves on
law-stays = a last day off stays
law-kept_by_unit = the office
law-kept_by_applicant = the applicant or party: it gives the office no card
law-kept_by_third_party = somebody else: it gives the office no card
law-restart = the clock begins anew
law-restart_once = the clock begins anew, once
law-pause = its time is left out
law-overdue = overdue
law-accepted_from_receipt = counts as accepted from the day of receipt
law-accepted_from_expiry = counts as accepted from the day the limit ended
law-granted = counts as granted
law-given_up = counts as given up

## card: what people do with a card

card-done = finding { $finding }: { $what } by { $by }
card-done_until = finding { $finding }: { $what } by { $by }, to be finished by { $due }
card-receipt = Receipt for an appeal: the appeal of { $unit } against the { $card } card of case { $case } ({ $rule }) was entered on { $at } as number { $finding }. A supervisor decides by { $due } whether it is withdrawn or upheld; until then it counts, and the day by which to answer rests.
card-appeal_late = this appeal is late: the card was to be answered by { $day }. It is taken all the same, and whoever decides on it weighs that
card-receipt_remedy = Send this receipt to the unit in reply to its appeal.
card-refused = finding { $finding }: { $why }
card-refused_remedy = `jianchad card show { $finding }` shows where it stands
card-order_too_long = the order would be due on { $day }, more than { $days } days from now ({ $latest } at the latest)
card-no_day = no day follows from that limit: { $why }
card-no_day_remedy = give a length, such as --within 5wd
card-unknown = there is no finding { $finding }
card-unknown_remedy = `jianchad findings --all` lists all of them with their numbers

## refusal: why something may not be done with a card

refusal-own = it is on jianchad's own running: it ends when its cause does
refusal-revoked = it was withdrawn, and stays so
refusal-not_pending = it does not wait for a supervisor
refusal-pending = it still waits for a supervisor: `card issue` makes it a card, `card review --dismiss` does not
refusal-notice_over = it was a notice that has come to nothing: there is nothing left to object to
refusal-appealed = an objection waits for a decision already
refusal-nothing_to_decide = neither an objection nor a withdrawal waits for a decision
refusal-over = nothing is left to be done in it
refusal-ordered = an order to finish runs already, and another one must end sooner

## deed: entries at the keyboard

deed-card = finding { $finding }: { $what } — { $card } card, case { $case }, { $item }, { $unit } ({ $rule })
deed-adopt = { $version } is to judge from the next round on
deed-ask = Enter it? [y/N]
deed-not_meant = nothing was entered
deed-not_allowed = { $login } may not enter what people do with cards, sources, silences, rules, the clock and personal text: that takes the group { $group }
deed-not_allowed_remedy = let an administrator say `usermod -aG { $group } NAME`, and log in again
deed-time_held = nothing can be entered: { $step }, and nobody has confirmed it; what is entered would keep its days by a clock that may be wrong
deed-time_held_remedy = if the clock is wrong, set it right (`timedatectl`) and enter it again; if it is right, say so first with `jianchad time accept --by NAME --why TEXT`
deed-other_file = { $login } may enter something by { $file } only
deed-other_file_remedy = leave --config out, or let root do it

## in_force: the configuration in force stands in for a file with mistakes

in_force-stands_in = jianchad: { $bad } has mistakes, so this goes by the configuration in force, taken over on { $at }; to see the mistakes: jianchad check-config --config { $config }

## table: lists at a terminal

table-left_out = no room here for: { $columns } (with --wide every column stands on one line)

## plan: who would be sent what

plan-waiting = waiting
plan-silenced = silenced until { $until }
plan-cards = { $count ->
    [one] { $count } card or correction
   *[other] { $count } cards and corrections
}
plan-notices = { $count ->
    [one] { $count } notice
   *[other] { $count } notices
}

## told: why somebody is told

told-own = on jianchad's own running
told-card = { $role }, { $card } card
told-withdrawal = { $role }, a withdrawal to decide
told-grown = { $role }, there is more of what was issued
told-referred = { $role }, a fault in the record of a case that is late or nearly so
told-objection = { $role }, an objection to decide
told-route = { $role }, by a route
told-not_decided = { $role }, not decided
told-not_answered = { $role }, not answered
told-lacks_item = the catalogue lacks the item
told-may_go_on = { $role }, as the case may go on under another number
told-nobody_else = nobody else can be told, or nobody leads the unit
told-takes_no_letters = { $address } takes no letters, and nobody stands in for it
told-stand_in = stands in for somebody

## replay: the past once more

replay-backwards = the last day { $to } lies before the first, { $from }
replay-taken = `{ $file }` is there already, and a replay needs a ledger of its own
replay-taken_remedy = give --keep the name of a new file
replay-dark = the past cannot be judged: { $sources } cannot be read whole
replay-dark_remedy = `jianchad once` says what is wrong with a source
replay-head = replay of { $from } to { $to } by rules { $version }, cards { $table }; compared with { $other }
replay-ledger = what the ledger holds
replay-more = and { $rest } more; --format csv lists them all

## adopt: a change of what judges that waits for a person

adopt-change = what judges { $before } → { $version }
adopt-noted = Noted: it judges from the next round on (`systemctl reload jianchad` starts one).
adopt-none = No change of what judges waits.
adopt-none_backdated = No version of the catalogue is dated back past cases that keep what it said before.
adopt-backdated = The catalogue has versions dated back, and cases met before keep what it said then; what would move if they went by the new ones: `jianchad adopt --backdated`
adopt-waits = It waits for `jianchad adopt --by NAME --why TEXT`.
adopt-waits_backdated = It is done by `jianchad adopt --backdated --by NAME --why TEXT`.
adopt-by_itself = The next round adopts it by itself.
adopt-another = { $other } is no longer what the configuration file says: that is { $version } now
adopt-another_remedy = `systemctl reload jianchad` (or `jianchad once`), then `jianchad adopt` shows what the new one would do
adopt-allowed = { $by } has adopted { $version } ({ $why }); it judges from the next round on.

## effect: what a change of what judges would do

effect-cases = { $cases } open cases, of which { $due_moved } are due at another moment; { $open } open cards
effect-cards = { $card }: { $appear } appear, { $fall } fall
effect-would = of { $open } open cards { $withdrawn } would be withdrawn, { $higher } become graver and { $lower } milder; { $raised } would be new; due dates would move on { $due_moved } cases
effect-first = { $would }; the first: { $first }
effect-one = { $case } ({ $what }: { $before } → { $after })
effect-none = none
effect-standing = { $card } ({ $standing })
effect-about_to_be = { $card } (about to be)
effect-contested = { $contested } would be pending-withdrawal, for a supervisor to decide, and { $uncontested } no longer
effect-withheld = { $count ->
    [one] { $count } change of a card that is due now would not come
   *[other] { $count } changes of cards that are due now would not come
}
effect-let_through = { $count ->
    [one] changes of the last { $days } days that waited for nobody moved { $count } card, which counts along
   *[other] changes of the last { $days } days that waited for nobody moved { $count } cards, which count along
}
effect-no_supervision = no longer supervised
effect-after_review = only after review
effect-rows_to_come = depends on rows to come
effect-from = { $card } (from { $day })
effect-from_adopted = { $card } (from { $day } by the calendar last adopted)
effect-to_come = { $card } (still to come)
effect-unsupervised = { $count ->
    [one] { $count } case would no longer be supervised, and what its running clocks have still to give would not come
   *[other] { $count } cases would no longer be supervised, and what their running clocks have still to give would not come
}
effect-unissued = { $count ->
    [one] { $count } case has running clocks whose cards would no longer be issued when they are due
   *[other] { $count } cases have running clocks whose cards would no longer be issued when they are due
}
effect-dropped = { $count ->
    [one] { $count } case has running clocks of which cards to come would never come
   *[other] { $count } cases have running clocks of which cards to come would never come
}
effect-put_off = { $count ->
    [one] { $count } case has running clocks of which cards to come would come later
   *[other] { $count } cases have running clocks of which cards to come would come later
}
effect-crept = { $count ->
    [one] { $count } case has running clocks of which changes of the calendar, all of them since a person last adopted one, put cards off by more than a holiday does
   *[other] { $count } cases have running clocks of which changes of the calendar, all of them since a person last adopted one, put cards off by more than a holiday does
}
effect-ways_out = { $count ->
    [one] { $count } case runs on clocks whose end, extension, special procedures or wait for the meaning of a code would be judged more laxly: rows to come could take cards away or put them off
   *[other] { $count } cases run on clocks whose end, extension, special procedures or wait for the meaning of a code would be judged more laxly: rows to come could take cards away or put them off
}
effect-closes = { $limit } working days from { $from } would end on { $would_end }, and by the calendar last adopted by a person on { $ends }: { $days } days later, which is more than a holiday brings about
effect-unreached = by the new office hours there are none for { $closed } days from { $from } on, so that a card of that day would be mailed on { $would_leave }, and by the hours last adopted by a person on { $leaves }: { $later } days later
effect-left_alone = { $cases ->
    [one] the catalogue has versions dated back, and { $cases } case met before keeps what it said then
   *[other] the catalogue has versions dated back, and { $cases } cases met before keep what it said then
}
sources-leaving = source `{ $source }` is no longer configured: { $cases ->
    [one] { $cases } case that is not closed would leave supervision
   *[other] { $cases } cases that are not closed would leave supervision
}, with { $cards ->
    [one] { $cards } open card
   *[other] { $cards } open cards
} on its cases
sources-renamed = source `{ $before }` is to be called `{ $then }`, with all its cases and cards
sources-known = { $cases ->
    [one] { $cases } case number of the new source `{ $source }`{ $read } is already known from source `{ $from }` ({ $with_cards } with an open card), and this case would count and get its cards twice
   *[other] { $cases } case numbers of the new source `{ $source }`{ $read } are already known from source `{ $from }` ({ $with_cards } with an open card), and these cases would count and get their cards twice
}; if it is the same source under another name, write `was = "{ $from }"`
sources-unread = the new source `{ $source }` cannot be read, so nobody knows whether its cases are known from another one: { $why }
sources-unknown = no case of the new source `{ $source }`{ $read } is known so far, and what cards they get is known when it is read
sources-first_rows = {" "}(of its first { $rows } rows)
stake-unwatched = { $cases ->
    [one] source `{ $source }` would be watched less closely (`sweep_at`, `sweep_back`, `may_shrink`, `overdue_after`, `delivers`): rows that vanish, change or stay away may not be found, or only later, and cards may wait for a delivery; it concerns { $cases } case that is not closed
   *[other] source `{ $source }` would be watched less closely (`sweep_at`, `sweep_back`, `may_shrink`, `overdue_after`, `delivers`): rows that vanish, change or stay away may not be found, or only later, and cards may wait for a delivery; it concerns { $cases } cases that are not closed
}
stake-cases = { $cases ->
    [one] { $cases } case ({ $with_cards } with an open card)
   *[other] { $cases } cases ({ $with_cards } with an open card)
}
stake-set_aside = { $rows ->
    [one] { $rows } row in quarantine
   *[other] { $rows } rows in quarantine
}
stake-evidence = { $findings ->
    [one] { $findings } finding that rests on evidence
   *[other] { $findings } findings that rest on evidence
}
stake-untried = source `{ $source }` is mapped differently, and what comes of it is known only when it is read (it could not be read for trial: { $why }): it concerns { $what }
stake-remapped = source `{ $source }` is mapped differently, and what comes of it is known only when it is read: it concerns { $what }
stake-rows_to_come = { $trial }; what rows to come say when they are read so nobody can know before: it concerns { $what }
trial-read = source `{ $source }` is mapped differently, and all its { $rows } rows were read so for trial, of which nothing was kept: of { $cases } cases known { $differ } are read otherwise, { $newly } are new, { $gone }{ $named }
trial-gone = { $gone ->
    [one] { $gone } is no longer there
   *[other] { $gone } are no longer there
}
trial-compared = (by the mapping in force the source cannot be read any more, so what is known of it was compared)
trial-named = , the first: { $named }
trial-program = this program judges otherwise, too
trial-no_copy = no copy of the ledger to try it in ({ $error }); it takes twice the ledger's size in /var/tmp
trial-large = the ledger is larger than { $most } GiB, of which no copy is made
trial-many_rows = it has more than { $most } rows
trial-too_long = reading it took longer than { $seconds } s and was given up; try: run its query by itself on a copy, mend the query or add an index, then `jianchad check-config`

## change: a change of what judges that no person was asked of
change-calendar = the calendar was changed
change-rules = the rules were changed
change-both = calendar and rules were changed
change-in_force = { $what }; this is in force since { $on }, and no person adopted it. It did this, as foreseen then: { $did }
change-due = { $cases ->
    [one] due days moved on { $cases } case
   *[other] due days moved on { $cases } cases
}
change-due_ways = { $cases ->
    [one] due days moved on { $cases } case ({ $later } later, { $earlier } earlier)
   *[other] due days moved on { $cases } cases ({ $later } later, { $earlier } earlier)
}
change-cards = cards: { $raised } new, { $withdrawn } withdrawn, { $higher } graver, { $lower } milder

## silence: nobody is told of something for a while

silence-set = silence { $silence }: until { $until }, by { $by }
silence-to_set = nobody is to be told until { $until } of: { $scope }
silence-to_end = silence { $silence } is to be ended by { $by }
silence-ended = silence { $silence }: ended by { $by }
silence-none = no silence { $silence } holds today
silence-none_remedy = `jianchad silence list` shows those that do
silence-no_unit = there is no unit `{ $code }`
silence-no_item = there is no item `{ $code }`
silence-no_rule = there is no rule `{ $code }`

## mail: letters at the keyboard

mail-not_refused = no letter to { $address } was refused
mail-restored = { $address } gets letters again
mail-not_waiting = no letter { $letter } waits or was refused
mail-retried = { $count ->
    [one] { $count } letter is tried with the next round in office hours
   *[other] { $count } letters are tried with the next round in office hours
}
mail-unknown = there is no letter { $letter }
mail-test_subject = test letter
mail-test = This is a test letter of jianchad for { $office }: that it reached you shows that its letters can.
mail-sent = sent through { $way }: { $reply }

## report: a digest or a bulletin at the keyboard

report-digest_usage = a digest is shown as it went out on one day: --period 2011-10-08, without --send or --xlsx
report-no_digest = no digest was written on { $day }
report-waiting = { $count ->
    [one] { $count } letter waits in the outbox
   *[other] { $count } letters wait in the outbox
}
report-unread = nobody has looked in this period yet (there was no round since), so its bulletin is not sent; run jianchad once or start the service first
report-not_written = cannot write `{ $file }`: { $why }

## once: one round

once-done = as of { $at }: { $rows } rows read ({ $rejected } quarantined), { $judged } cases judged; findings: { $raised } raised, { $escalated } escalated, { $resolved } resolved, { $revoked } withdrawn; { $letters } letters written
once-change_waits = a change of what judges waits: `jianchad adopt` shows it and what it would do
once-source = source { $source }: { $state } — { $message }
once-no_moment = `{ $text }` is no moment
once-no_moment_remedy = write 2011-12-31 or 2011-12-31T09:00
once-back = the ledger `{ $ledger }` already holds a round of { $at }
once-back_remedy = give --ledger with the name of a new file to look back with

## sample: a random list of cases

sample-no_month = `{ $month }` is no month
sample-no_month_remedy = write 2011-12
sample-drawn = { $drawn } of { $all } cases ended in { $month }, drawn by the seed “{ $seed }”

## source: what a person says of a doubted source

source-nothing = cannot accept the source `{ $source }`: nothing of it waits to be accepted
source-nothing_remedy = `jianchad status` lists the sources and how they are
source-doubted = source `{ $source }`, doubted since { $since }: { $why }
source-accepted = { $by } says that it is right; it is judged by from the next round on (`systemctl reload jianchad` starts one), unless other cases are missing by then.

## demo: a city to look at

demo-next = What to try next:
demo-case = a case, counted day by day
demo-findings = the list of findings
demo-missing = who is missing
demo-query = query the ledger
demo-mails = the mails: open them in a mail client
demo-planted = what was planted, to compare with what was found
demo-no_url = this is no address of a server: write user:password@host:port/database behind `postgres://` or `mysql://`; a sign of the password that is none of letters and digits is written as in addresses (%40 for @); ?tls=off, or ?ca_file=PATH, may stand at its end
demo-schema_taken = the schema `{ $schema }` is there and was not made by a demo: it is left as it is
demo-schema_taken_remedy = name another database or server
demo-taken = `{ $folder }` holds something that is no demo
demo-taken_remedy = name a new folder

## due: a deadline with its count

due-due = Due { $due }
due-by_law = By { $law }, { $article }: { $limit } ({ $rule })
due-provisional = Provisional: holidays are known from { $first } to { $last }; days beyond are counted Monday to Friday
due-counted = Counted { $counting }
due-calendar = Calendar { $first } to { $last }, version { $version }
due-give_from = give --from with --limit or --law, or --batch FILE
due-give_limit = give --limit or --law
due-unread = the table { $name } cannot be read
due-unwritten = the answer cannot be written to { $name }
due-no_csv = it cannot be read as CSV ({ $words })
due-no_date = `{ $text }` is no date that exists: write 2011-09-26 or 2011-09-26T16:30
due-no_pause = `{ $text }` is no pause: write its two ends as 2011-10-10/2011-10-21
due-granted = `{ $rule }` lasts as long as its record grants: give that with --limit
due-no_extension = the clause of `{ $rule }` allows no extension
due-extension_long = the clause of `{ $rule }` allows an extension of { $by } and not of { $asked }
due-extension_often = { $times ->
    [one] the clause of `{ $rule }` allows { $times } extension, and not { $asked }
   *[other] the clause of `{ $rule }` allows { $times } extensions, and not { $asked }
}
due-bad_rows = { $rows ->
    [one] { $rows } row of the table got no answer; the column `error` says why
   *[other] { $rows } rows of the table got no answer; the column `error` says why
}
due-bad_of = { $rows ->
    [one] { $bad } of { $rows } row got no due date: the column `error` says why
   *[other] { $bad } of { $rows } rows got no due date: the column `error` says why
}
due-row_length = the row has { $fields } fields, the header { $header }
due-not_utf8 = the column { $column } is not UTF-8
due-no_truth = start_day_counts is `{ $text }`: write true or false
due-column_taken = it has a column `{ $column }` already, which the answer would add: rename it
due-column_twice = it has two columns `{ $column }`: keep one
due-column_missing = it has no column `{ $column }`; its first line names { $found }

## calendar: the working days of a year or a month

calendar-provisional = the arrangement of { $period } is not announced: the law itself fixes these holidays, and the rest is counted Monday to Friday, provisionally
calendar-unknown = the holidays of { $period } are not known: the calendar holds { $first } to { $last }. Once the State Council's notice is out, add its year to a calendar file and give it with --calendar FILE; until then due dates there are counted Monday to Friday and marked provisional
calendar-year = { $year }: { $days } working days
calendar-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }  { $days } working days
calendar-week = Mon Tue Wed Thu Fri Sat Sun
calendar-mark_worked = +
calendar-mark_off = *
calendar-mark_weekend = .
calendar-mark_working = {" "}
calendar-marks = * day off  + worked in exchange  . weekend
calendar-off = { $days } off
calendar-worked = { $days } worked
calendar-holiday_of = { $holiday } ({ $source })
calendar-notice = Notice { $name }  { $source }
calendar-span = { $from } to { $to }
calendar-in_order = in order: { $first } to { $last }, version { $version }
calendar-checked_year = { $year }: { $working } working days, { $off } weekdays off, { $worked } weekend days worked  { $notice }
calendar-becomes_working = { $day } becomes a working day { $name }
calendar-becomes_off = { $day } becomes a day off { $name }
calendar-nothing_changed = Nothing was changed; --yes puts it in force.
calendar-kept = kept as { $file }
calendar-change = calendar { $before } → { $after }
calendar-no_ledger = There is no ledger yet, so no open case.
calendar-in_force = It is in force already, and nothing moves.
calendar-along = Mind: the configuration holds other changes that are not in force yet; they go with it.
calendar-ask = Put it in force now? [y/N]
calendar-held = The ledger is held by the running jianchad: `systemctl reload jianchad` judges the open cases anew.
calendar-judged = { $judged } cases judged anew: { $raised } findings raised, { $resolved } resolved, { $revoked } withdrawn
calendar-no_period = `{ $text }` is neither a year nor a month: write 2011 or 2011-10
calendar-file_unusable = the calendar { $file } cannot be used
calendar-unusable = `{ $file }` cannot be put in force
calendar-no_toml = `{ $file }` is not called something.toml
calendar-by_whom = it is not known who puts the calendar in force
calendar-by_whom_remedy = give --by with a name
calendar-not_kept = cannot keep the calendar file as `{ $file }`: { $why }
calendar-not_kept_remedy = run it as a user who may write to the folder of the configuration file

## check: what `check-config` says of a configuration in order

check-unlimited = { $count ->
    [one] warning: no time limit can ever be late on { $count } item, by the catalogue or by law: { $items }
   *[other] warning: no time limit can ever be late on { $count } items, by the catalogue or by law: { $items }
}
check-no_supervisor = warning: the contacts name no supervisor who holds the role today: nobody reads the digest, issues what waits or decides whether a card falls; try: add a contact with the role `supervisor` to contacts.csv
check-regions_alone = { $count ->
    [one] warning: no supervisor is named for units of { $count } region: { $regions }; try: add a contact with the role `supervisor` for it, or for the region above it, to contacts.csv
   *[other] warning: no supervisor is named for units of { $count } regions: { $regions }; try: add a contact with the role `supervisor` for each, or for the region above them, to contacts.csv
}
check-pages = { $file }: { $count ->
    [one] 1 mistake
   *[other] { $count } mistakes
} in pages of your own; the shipped pages stand in for them until they are mended
check-in_order = { $file }: in order
check-registry = registry
check-counts = { $regions } regions, { $units } units, { $items } items, { $contacts } contacts
check-sources = sources
check-card_table = card table
check-calendar = calendar
check-days = { $first } to { $last }
check-ledger = ledger
check-letters = letters
check-version = version
check-new_ledger = new ledger
check-ledger_first = there is none yet: the first round begins one, as at every first installation
check-ledger_others = { $count ->
    [one] there is none yet: the first round begins one, which knows of no card told before; there is { $count } other: { $ledgers }; try: name the one to go on with (`ledger`)
   *[other] there is none yet: the first round begins one, which knows of no card told before; there are { $count } others: { $ledgers }; try: name the one to go on with (`ledger`)
}
check-doubted = doubted
check-doubt = { $source }: { $why }
check-change = change
check-change_unknown = not known: { $why }; try: { $remedy }
check-change_none = none: this judges already
check-change_waits = { $before } judges now; this one waits for `jianchad adopt --by NAME --why TEXT`
check-server = source { $source } (server)
check-source = source { $source } (read { $read })
check-no_rows = no rows at all
check-more_unread = { $count } more cannot be read
check-more_files = { $count ->
    [one] 1 more file cannot be read
   *[other] { $count } more files cannot be read
}
check-older_files = { $count ->
    [one] 1 older file was not looked into
   *[other] { $count } older files were not looked into
}
check-passed_over = stands in the folder and is not read: { $names }
check-passed_over_more = stands in the folder and is not read: { $names } and { $more } more
check-unknown_code = the code `{ $code }` in column { $column } is in no mapping
check-more_codes = { $count } more codes are in no mapping
check-no_item = no item
check-unknown_item = item { $code }, which the catalogue does not know
check-unknown_unit = unit { $code }, which is not known
check-no_times = none of the times in { $columns } can be read: correct `times` of the read, or name other columns
check-wants = the configuration holds, and something wants attention: the lines above that begin with `!`
check-unread = { $count ->
    [one] 1 read does not fit its source
   *[other] { $count } reads do not fit their sources
}
check-change_next = { $before } judges now; this one is adopted by the next round

## limit: lengths of time and where they come from

limit-working_days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
limit-calendar_days = { $count ->
    [one] { $count } calendar day
   *[other] { $count } calendar days
}
limit-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
limit-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
limit-office_minutes = { $count ->
    [one] { $count } minute of office time
   *[other] { $count } minutes of office time
}
limit-half_days = { $count } working days
limit-clock_hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
limit-office_hours = { $count ->
    [one] { $count } office hour
   *[other] { $count } office hours
}
limit-same_day = the same day
limit-record_date = the date given in the record
limit-promised = the item's promised limit
limit-statutory = the item's statutory limit
limit-granted = as long as the record grants
limit-stage = each stage's own limit

## clock: a clock, its runs, what it waits for, what is doubtful

clock-run = { $name } ({ $run })
clock-part = { $name } ({ $part })
doubt-cause_given = the cause “{ $given }” of the special procedure begun { $day } is not one the clause names
doubt-cause = the special procedure begun { $day } gives no cause
doubt-notice = no written notice of the special procedure begun { $day } is on record
doubt-end = the special procedure begun { $day } has no end on record
doubt-end_after = the special procedure begun { $day } ended only after the matter was finished
doubt-beyond = the special procedure begun { $day } went beyond the { $at_most } that are believed in all
doubt-unreceived = the correction asked for { $day } was never received, and the matter was decided
doubt-approver = nobody is recorded to have approved the extension of { $day }
doubt-hour = it began on { $day }, and the hour is not on record
remedy-cause = record the cause, as the clause names it
remedy-notice = record the number of the written notice
remedy-end = record when the special procedure ended
remedy-end_after = check when the special procedure began and ended
remedy-beyond = let the clock run again, or, where the law gives more, have the supervisor confirm it
remedy-unreceived = record when the correction was received
remedy-approver = record who approved the extension
remedy-hour = record the hour
disregarded-too_many = extension of { $when } beyond the number of extensions allowed: not counted
disregarded-no_length = extension of { $when } gives no length that can be added to this limit: not counted
disregarded-late = extension of { $when } was granted after the limit had passed, and is not on record as asked for before: void
disregarded-early = extension of { $when } was granted before the limit began to run: not counted
disregarded-after = extension of { $when } was granted when the matter was finished: not counted
disregarded-no_clause = extension of { $when } has no ground: the clause gives none, not counted
disregarded-excess = extension of { $when } by { $granted } is more than the { $by } allowed: the rest is ignored
excess-clause = special procedures leave out { $cap } in all: what lies after { $last } counts again
excess-granted = the special procedure of { $from } says { $granted }, and { $at_most } are believed: the strict count leaves out no more
excess-used_up = special procedures had taken { $at_most } in all: nothing is left out for one begun { $from } or later
pending-finish = still open
pending-answer = not answered
pending-deliver = not delivered
pending-accept = acceptance not decided
pending-ask = no correction asked for
pending-ask_or_accept = neither a correction asked for nor acceptance decided
pending-decide = not decided
pending-end_special = the special procedure goes on
pending-forward = not passed on
pending-other = not done
done-answered = answered
done-finished = finished
done-accepted = accepted
done-not_accepted = not accepted
done-asked = correction asked for
done-received = correction received
done-resumed = special procedure ended
done-delivered = delivered
done-forwarded = passed on
done-withdrawn = withdrawn
done-step = done
done-other = done

## step: a count day by day

step-day_1 = { $day } Mon
step-day_2 = { $day } Tue
step-day_3 = { $day } Wed
step-day_4 = { $day } Thu
step-day_5 = { $day } Fri
step-day_6 = { $day } Sat
step-day_7 = { $day } Sun
step-days = { $from } to { $to }
step-one = { $days } — { $what }
step-two = { $days } — { $nature } — { $what }
step-rest_day = rest day
step-holiday = day off for { $name }
step-make_up = worked, make-up for { $name }
step-worked_on = worked, { $name }
step-received = counts as come on this day
step-event = the event, counted back from
step-counted = day { $first } of { $of }
step-counted_days = days { $first } to { $last } of { $of }
step-off = not counted
step-closed = no office hours, not counted
step-paused = paused, not counted
step-rolled = the last day moves on
step-unknown = from here on no holidays are announced: counted Monday to Friday, provisional
step-due_at = due at { $time }
step-due = due
step-start_at = start at { $time }
step-start_counted = start, counted
step-start_not_counted = start, not counted
step-limit = limit { $limit }
step-limit_sum = limit { $limit }: { $total } in all
step-extended = { $limit }, extended by { $by }
step-worked = { $spans } — { $sum } of { $of } hours

## counting: how a limit is counted

counting-start_counts = with the start day
counting-start_not = without the start day
counting-rest_day = what comes on a day off counts as come the next working day
counting-after_hours = what comes after hours counts as come the next working day
counting-pause_first = the last day of a pause counts
counting-pause_last = the first day of a pause counts
counting-rolls = a last day off moves on
counting-stays = a last day off stays
counting-midnight = until 24:00
counting-closing = until closing time
counting-hours = in office hours { $hours }
clock-mark_of = { $kind } ({ $of })

## meanwhile: days on which limits end while a record is in doubt

meanwhile = { $why }. { $by }: { $days }
meanwhile-mended = Until it is mended, by the rest of the record
meanwhile-settled = Until that is settled, by what they said
meanwhile-due = { $name } due { $day }

## rule: the names of the rules

rule-time-limit = time limit
rule-missing-step = missing step
rule-wrong-order = wrong order
rule-late-entry = entered late
rule-backdated-entry = entry dated back
rule-entered-ahead = entered ahead
rule-entered-together = entered together
rule-seen-finished = first seen finished
rule-off-hours-entry = entered out of hours
rule-one-person = one person in all roles
rule-second-correction = second correction notice
rule-special-misuse = special procedure misused
rule-special-unpaired = special procedure not in pairs
rule-step-due = step late
rule-special-excess = special procedures beyond the bound
rule-extension-misuse = extension misused
rule-dummy-values = dummy values
rule-bare-refusal = refusal without reason
rule-withdrawn-at-limit = withdrawn at the limit
rule-refiled = filed again
rule-changed-after-fact = changed after the fact
rule-vanished-record = record vanished
rule-fee = fee off the catalogue
rule-expired-item = expired item used
rule-required-field = required field empty
rule-too-fast = implausibly fast
rule-entry-burst = entered in a burst
rule-copied-reason = one reason for many refusals
rule-last-day-heap = closed on the last day
rule-number-gap = gap in case numbers
rule-off-system = handled outside the system
rule-met-unseen = fell due unseen
rule-silent-item = item gone quiet
rule-silent-unit = unit gone quiet
rule-silent-source = source gone quiet
rule-handed-over = handed over
rule-deemed-granted = deemed granted
rule-doubtful-fact = doubtful fact
rule-data-fault = data fault
rule-source-clock = the clock of a source runs ahead
rule-source-dark = no data from a source
rule-source-suspect = source doubted
rule-calendar-ends = the calendar is running out
rule-mail-refused = address refused
rule-clock-stopped = clock stopped
rule-unmapped-code = code not mapped
rule-ledger-begun = a new ledger
rule-ledger-replaced = ledger replaced

## basis: what the rules rest on

basis-time-limit = Administrative Licensing Law, article 42; time rules of electronic supervision (warning, yellow card, red card)
basis-missing-step = each step of handling leaves its trace in the system; fixed course of steps (Xuzhou, open online exercise of administrative power)
basis-wrong-order = fixed course of steps (Xuzhou); the order of the steps is inferred by this rule
basis-late-entry = what is handled is handled in the approval system and leaves its traces there; online handling is prompt and accurate (Chenzhou; Ningbo appraisal rules)
basis-backdated-entry = times of entry are written by the system and are not dated back; what was kept when it was read is the evidence; inferred by this rule
basis-entered-ahead = times of handling are recorded as they were, and nothing is entered before it has happened; what was kept when it was read is the evidence; inferred by this rule
basis-entered-together = cases are finished first and entered into the system all at once afterwards (named in bulletins of supervision); inferred by this rule
basis-seen-finished = handled outside the system, entered afterwards (named in bulletins of supervision); inferred by this rule
basis-off-hours-entry = handled outside the system and entered in bulk afterwards (named in bulletins of supervision); inferred by this rule
basis-one-person = the handler, the reviewer and the approver are different persons (rules on electronic supervision of approvals); inferred by this rule
basis-second-correction = Administrative Licensing Law, article 32, paragraph 1, item 4: all that must be corrected is told at once
basis-special-misuse = special procedures have an upper limit of time (Guangdong data exchange standard: ten, fifteen working days); inferred by this rule
basis-special-unpaired = Administrative Licensing Law, article 45: the time they take is not counted, by the beginning and end on record
basis-step-due = each step is finished within its set time (fixed course of steps, Xuzhou); by the due day that the record itself names
basis-special-excess = Regulation on Open Government Information, articles 32 and 33, paragraph 3; Regulation on Optimising the Business Environment, article 36
basis-extension-misuse = Administrative Licensing Law, article 42: ten days may be added; an extension asked for after the limit counts as late (time limit system)
basis-dummy-values = the approver of extensions is given as “none” throughout (seen in exchanged data); inferred by this rule
basis-bare-refusal = Administrative Licensing Law, article 38, paragraph 2, and article 72; Regulation on Open Government Information, article 36; reasons not given as the law asks (listed in the rules on electronic supervision of approvals)
basis-withdrawn-at-limit = the clock is ended by returning, voiding or deleting the case (seen in exchanged data); inferred by this rule
basis-refiled = the clock is ended by returning, voiding or deleting the case, which is then entered anew (exchanged data: former serial number); inferred by this rule
basis-changed-after-fact = changes of data leave a trace (Guangdong data exchange standard: a change raises the version number); inferred by this rule
basis-vanished-record = the clock is ended by deletion (seen in exchanged data: result 3, deleted); changes of data leave a trace; inferred by this rule
basis-fee = fees charged against the rules (listed in the rules on electronic supervision of approvals); fixed fees compared with what was paid
basis-expired-item = the system is changed in time when an item is (Ningbo appraisal rules; Wuhu, article 6)
basis-required-field = finished cases with incomplete data lose points (Huizhou performance assessment; Ningbo appraisal rules)
basis-too-fast = a hint of cases finished in bulk for show; inferred by this rule
basis-entry-burst = finished in a network of their own and entered in bulk afterwards (work report of a development zone); inferred by this rule
basis-copied-reason = not accepted without a reason of the law (listed in the rules on electronic supervision of approvals); that reasons are alike is inferred by this rule
basis-last-day-heap = rankings by speed invite made-up dates (Chengdu gave up its ranking by acceleration); inferred by this rule
basis-number-gap = a case is got rid of by deletion (exchanged data: result 3, deleted); inferred by this rule
basis-off-system = online approval is not done as prescribed, cases run outside it (listed in the rules on electronic supervision of approvals; Wuhu, article 7)
basis-met-unseen = nothing is held against anybody while data did not arrive; afterwards supervisors compare with the logs of the approval system and with receipts on paper; inferred by this rule
basis-silent-item = units without any case (Fangchenggang bulletin); cases run outside the system; inferred by this rule
basis-silent-unit = units without any case (Fangchenggang bulletin); cases run outside the system; inferred by this rule
basis-silent-source = data did not arrive and nobody noticed in time (Ningbo appraisal rules); inferred by this rule
basis-handed-over = one transfer is one hand-over, and each unit bears its part of the limit (transfer of work orders)
basis-deemed-granted = Administrative Licensing Law, article 50, paragraph 2
basis-doubtful-fact = Administrative Licensing Law, articles 42 and 45: an extension needs approval, and the time of a special procedure is told in writing; doubts are weighed in favour of the party
basis-data-fault = most of the first red and yellow cards were errors of entry (Jiuquan); data errors are counted apart from delay

## rules: why a finding is raised

second_correction-effect = { $why }; the { $name } begins anew by the first alone
extension_misuse-of = { $name }: { $why }
withdrawn_at_limit = withdrawn at { $when }{ $entry }, when the { $name } was due { $due }
withdrawn_at_limit-not_accepted = not accepted at { $when }{ $entry } after it had been accepted, when the { $name } was due { $due }
doubtful_fact = { $reasons }. { $days }; notices go by the first, cards by the second. Please { $remedies }
doubtful_fact-due = { $name } due { $earliest } read strictly, { $latest } read leniently

## time_limit: a clock near its limit or past it

time_limit-begun = running since { $begun }, { $what }{ $again }{ $provisional }
time_limit-deemed = not told in time, so it counts as accepted since { $begun } by { $basis }: { $what }{ $again }{ $provisional }
time_limit-met_late = { $name } { $limit }: due { $due }, { $done } { $stop }, { $late } late
time_limit-overdue = { $name } { $limit }: due { $due }, { $open }, { $late } late
time_limit-running = { $name } { $limit }: { $due }, { $open }
time_limit-due = due { $due }
time_limit-due_strictly = due { $strict } by the strict count
time_limit-due_both = due { $due } ({ $strict } by the strict count)
time_limit-in_brackets = {" "}({ $words })
time_limit-provisional = {" "}(provisional: the working-day calendar for then is not announced)
time_limit-again = the further correction of { $again } begins nothing anew: it is to be asked for once
time_limit-back = { $name }: to be done { $limit } before { $event }, that is by { $due }; { $done }
time_limit-back_done = done { $done }
time_limit-back_open = there is no record of it
time_limit-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
time_limit-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
time_limit-moment = less than a minute

## promises: promises beside the law

promises-longer = { $code } ({ $promised }; { $basis } gives { $law })
promises-from = { $code } from { $from } on
promises-too_long = warning: { $count } item(s) without a statutory limit in the catalogue have a promise that is longer than the law's own limit: { $items }. Where another law allows more, enter its limit as 法定时限; else shorten the promise
promises-unsure = warning: { $count } item(s) without a statutory limit in the catalogue have a promise that is not to be compared with the law's own limit: { $items }. Where another law allows more, enter its limit as 法定时限; else shorten the promise
handed_over = handed over at { $when } from { $from } to { $unit }
handed_over-due = handed over at { $when } from { $from } to { $unit }: { $days }
backdated_entry = `{ $kind }` of { $when } says it was entered { $said }, and was not there when the source was read at { $read }
backdated_entry-unsaid = `{ $kind }` is dated { $when }, and was not there when the source was read at { $read }, after the limit had passed
backdated_entry-moves = `{ $kind }` is dated { $when }{ $entry }; without it the { $name } was due { $due }
backdated_entry-changed = `{ $kind }` of { $when } says it was entered { $said }, and said { $before } when the source was read at { $read }
bare_refusal = { $what } at { $when }, and no reason is on record
bare_refusal-not_accepted = not accepted
calendar_ends = the working-day calendar ends on { $last }; later deadlines are provisional. Add the new year's notice when it is out (docs/operations.md)
changed_after = { $what }, as read at { $seen }
changed_after-told = { $what }, as read at { $seen }; a mail of { $told } had told of the case before
changed_after-many = { $what }, changed { $times } times, as read first at { $first } and last at { $seen }
changed_after-many_told = { $what }, changed { $times } times, as read first at { $first } and last at { $seen }; a mail of { $told } had told of the case before
changed_after-origin = { $what } (at first { $origin })
changed_after-again = changed again after it had been reviewed: { $what }
changed_after-more = { $more } more were changed
changed_after-header = { $old } was changed to { $new }
changed_after-emptied = `{ $kind }` of { $before } was emptied
changed_after-trace = `{ $kind }` of { $before } was changed to { $when } (`{ $after }`)
clock_stopped = `{ $name }` ran on { $before } cases and runs on none now: { $cause }
clock_stopped-configuration = the configuration no longer has it
clock_stopped-catalogue = the catalogue has no item of its kind any more
clock_stopped-limits = the items it ran on have lost their limits
clock_stopped-dark = { $sources } cannot be read
clock_stopped-unknown = why is not known: look at what changed lately
copied_reason = { $unit } refused { $count } applications in ninety days with one reason, “{ $reason }”
data_fault-crowded = { $count } traces “{ $kind }” in one case: the first { $most } count, no more
data_fault-crowded_kind = too many traces “{ $kind }” in one case
data_fault-no_header = there are traces, but no record of the case itself
data_fault-future = the time of `{ $kind }`, { $when }, lies in the future
data_fault-order = `{ $later }` at { $ended } lies before `{ $earlier }` at { $begun }
data_fault-taken_out = { $what }, was taken out of the record, and nothing stands in its place
data_fault-unbegun = `{ $kind }` of { $when }, but no time at which it was accepted or applied for: nothing can be counted
data_fault-beginning = the time of `{ $kind }`, { $when }
data_fault-item = item `{ $code }` is not in the catalogue
data_fault-unit = unit `{ $code }` is not in the registry
data_fault-unmapped = a cell cannot be read: the code `{ $code }` of the column `{ $column }` is not mapped
data_fault-content = what stands there
data_fault-cell = a cell cannot be read: { $reason }
data_fault-row = a row cannot be read: { $reason }
data_fault-twice = the number `{ $number }` stands twice
data_fault-doubled = the number `{ $number }` stands twice ({ $places }): each row is timed for itself
data_fault-line = { $file } line { $line }
data_fault-number = row { $row }
data_fault-more = { $more } more, which `explain` shows
referred-together = { $count } cases of source `{ $source }` are late or nearly so and have faults in their records ({ $named }): so many at once are seldom the work of one who enters them
deemed_granted = not decided by { $due }: by { $basis } it counts as granted
dummy_values = `{ $kind }` of { $when } is filled with “{ $text }”
dummy_values-own = the extension of { $when } was approved by the handler himself, “{ $by }”
entered_together = accepted { $accepted } and decided { $decided }, yet both entered at { $entered }
entry_burst = { $by } entered the end of { $count } cases from { $first } to { $last }, such as { $examples }
expired_item-ended = `{ $kind }` at { $when }, when the item “{ $item }” had ended on { $until }
expired_item-to_come = `{ $kind }` at { $when }, before the item “{ $item }” began on { $from }
fee = { $sum } yuan were charged (last at { $when }); the fixed fee is { $fixed } yuan
last_day_heap = of { $all } cases decided in ninety days { $on_last_day } were decided on the day they were due
last_day_heap-over = of the cases of the last ninety days fewer than two fifths were decided on the day they were due
ledger_begun = a new ledger begins today at { $path }: cards that were told and decisions that were taken by another one are not known to it; try: nothing, where this is the first installation or was meant; else put the old path back (`ledger`)
ledger_begun-beside = { $count ->
    [one] a new ledger begins today at { $path } beside another ledger of jianchad ({ $named }): cards that were told and decisions that were taken by another one are not known to it; try: nothing, where this is the first installation or was meant; else put the old path back (`ledger`)
   *[other] a new ledger begins today at { $path } beside { $count } other ledgers of jianchad ({ $named }): cards that were told and decisions that were taken by another one are not known to it; try: nothing, where this is the first installation or was meant; else put the old path back (`ledger`)
}
ledger_begun-digest = the ledger began on { $began }; what was told by another one before is not known to it
ledger_replaced-another = the ledger { $path } is not the one that was last used there: it has come to { $now }, the one that was used to { $last }; cards that that one told and decisions that were taken by it are not known; try: stop the service and put the old one back, unless this was meant
ledger_replaced-older = the ledger { $path } is an older copy: it has come to { $now }, and had come to { $last } when it was last used there; cards told and decisions taken in between are not known to it, the records of that time are read again, letters may be written again, and what `jianchad forget` erased in between is there again: erase it once more; try: nothing but to confirm the ledger, where a copy was restored on purpose
ledger_replaced-unknown = whether the ledger { $path } ({ $now }) is the one that was last used there nobody can tell: the file { $note } beside it is gone or cannot be read; try: nothing but to confirm the ledger, where it was moved here or restored on purpose; else see where it came from
ledger_replaced-mark = round { $round } of { $at }
met_unseen = { $count ->
    [one] not read from { $from } to { $until }: { $count } case fell due meanwhile and is in time only by what was first read afterwards: { $named }; whether its records were entered in time nobody saw
   *[other] not read from { $from } to { $until }: { $count } cases fell due meanwhile and are in time only by what was first read afterwards: { $named }; whether their records were entered in time nobody saw
}
met_unseen-case = { $number } (due { $due })
late_entry = { $count ->
    [one] { $count } trace was entered late, `{ $kind }` of { $when } only at { $entered }
   *[other] { $count } traces were entered late, `{ $kind }` of { $when } only at { $entered }
}
missing_step = finished, but the required stage “{ $stages }” left no trace
missing_step-open = “{ $later }” left its trace at { $when }, but the required stage “{ $stages }” before it left none
number_gap = of the { $all } numbers from { $from } to { $to } no case has { $missing }, such as { $examples }
number_gap-over = the missing numbers have come, or the numbers no longer run on
list-quoted = ”, “
off_hours_entry = { $count } traces were entered out of hours, `{ $kind }` at { $when }
off_hours_entry-day_off = { $count } traces were entered out of hours, `{ $kind }` at { $when }
off_system = { $pieces } pieces of “{ $list }” from { $from } to { $to } have no case, such as { $examples }
off_system-over = no evidence of the last ninety days is without a case; what is older still stands in `evidence_matches`
one_person = acceptance, stages and decision all bear the name “{ $by }”
required_field = `{ $kind }.{ $part }` of { $when } is empty
silent = no case of { $name } began for { $days } working days
silent-before = no case of { $name } began for { $days } working days; of the { $all } before there was one on { $active }, and the longest pause was { $longest }
silent-over = cases begin again
entered_ahead = `{ $kind }` of { $when } was already there when the source was read at { $read }
seen_finished = begun { $begun } and over { $ended }, it first appeared in the system at { $seen }
second_correction-after = asked for corrections at { $when }, after it had been accepted
second_correction = asked for corrections { $count } times: { $days }
source_clock = what several people enter there says to have happened up to { $minutes } minutes after it was read: the clock of the approval system runs ahead of ours, or ours is behind. What lies no further ahead counts as on time
source_dark-overdue = nothing was delivered since { $at }, for more than { $allowed } working days; what falls due after that moment gets no card; try: see whether the exchange runs and whether it writes on days without news; where such pauses are usual, set a longer `overdue_after`
source_dark-removed = the source is no longer configured: its { $cases } cases that are not closed are not read any more and get no card; try: if it was renamed, say so by `was` under its new name, as its cases count once more otherwise
source_suspect-gone = { $missing } of { $compared } cases that were compared are no longer there: { $named }
source_suspect-taken_back = of { $cases } cases what had been read is emptied, or says what it had said before that: { $named }
source_suspect-otherwise = { $cases } cases for which it is doubted say something else than was read: { $named }
source_suspect-nothing_known = it has no case at all that was known
source_suspect-older = the newest mark went back ({ $reads }), as in an older copy
source_suspect-meanwhile = nothing is judged by this source until it looks as before again or a supervisor confirms that it is right
special_misuse-last_day = the special procedure of { $when } began on the last day of the { $name } or later
special_misuse-long = the special procedure of { $when } was granted { $granted }, more than { $cap }
special_misuse-no_end = the case is over, and a special procedure was never ended
special_misuse-late_end = a special procedure ended only after the case was over
special_unpaired-no_beginning = a special procedure ends at { $end } without having begun
special_unpaired-again = a special procedure begins at { $first } and again at { $again }, not ended between and without a number: only one of them is left out
special_unpaired-twice = one special procedure begins at { $first } and again at { $again }, not ended between
special_unpaired-backwards = a special procedure ends at { $end }, before it begins at { $begun }
special_unpaired-effect = { $odd }; nothing is left out for it
step_due-done = “{ $step }” was due on { $due } and was done on { $when }
step_due-before = “{ $event }” of { $when } names { $due } as the day by which “{ $step }” is due, which lies before it
step_due-undone_over = “{ $step }” was due on { $due } and was not done by then, and the case has ended since
step_due-undone = “{ $step }” was due on { $due } and was not done by then
too_fast = accepted { $begun }, decided { $ended }: { $minutes } minutes apart
unmapped_code = the column `{ $column }` of the source `{ $source }` has { $codes }: { $rows } rows, { $cases } cases{ $example }; { $held }
unmapped_code-anew = { $why }; cases that were over or long without a sign of life at the first reading get none until it is mapped
unmapped_code-one = the code `{ $code }`, which is not mapped
unmapped_code-many = many codes that are not mapped
unmapped_code-such_as = {" "}(such as { $case })
unmapped_code-over = they are held no longer: these cases are judged by the rest of their record
unmapped_code-held = until { $day } these cases get no new yellow or red card (a case in which such a code first appears later: as many days from then); what is not mapped by then counts as a data fault of the record, and the case is judged by the rest of it
vanished = { $rows ->
    [one] { $rows } row of the case was gone from the source at { $when }, or marked as deleted; what it said is kept
   *[other] { $rows } rows of the case were gone from the source at { $when }, or marked as deleted; what they said is kept
}
vanished-told = { $rows ->
    [one] { $rows } row of the case was gone from the source at { $when }, or marked as deleted; what it said is kept; a mail of { $told } had told of the case before
   *[other] { $rows } rows of the case were gone from the source at { $when }, or marked as deleted; what they said is kept; a mail of { $told } had told of the case before
}
vanished-likely = { $why }; of { $numbers }, read since, the source says the same: its number may have been corrected, which a supervisor decides
wrong_order = “{ $stage }” ({ $when }) lies before “{ $before }” ({ $at })
wrong_order-both = only one of “{ $stages }” is to be taken

## fall: why a finding ends

fall-moved = { $why } ({ $moved })
fall-over = the case that was handed over is over
fall-not_handed_over = by the record as it stands the case was not handed over
fall-mended = the record has been mended
fall-came = the time it names has come, or the record has been mended
fall-back = what had vanished is there again
fall-settled = the doubt no longer matters
fall-no_limit = by the record as it stands, this limit does not run on the case
fall-in_time = due { $due }, `{ $kind }` { $stop }: within the limit
fall-not_due = by the record and calendar as they stand it is due { $due }: the reason is gone
fall-unmapped = a code in the record is not mapped: the administrators are told
mended-calendar_ends = the calendar holds the year now
mended-clock_stopped = the clock runs on cases again, or is no longer in force
mended-unmapped_code = the code is mapped now, or its rows were corrected
mended-source_suspect = the source looks as before, or a person has said that it is right
mended-ledger = it was told, and the ledger is in use
mended-mail_refused = the address takes letters again
mended-source_clock = what is entered lies ahead no more
mended-source = the source is in order again
mended-switched_off = the rule was switched off
mended-lower_card = by the rules in force it gets a lower card
moves-calendar = another calendar ({ $before } → { $after })
moves-rules = other rules ({ $before } → { $after })
moves-record = the record changed at its source
moves-mapping = source `{ $source }` is read by another mapping
moves-due = due { $after } instead of { $before }: { $why }. { $what }
hold-until = the code is not mapped, which is before the administrators; no new yellow or red card until { $day }
hold-until_mapped = over or long without a sign of life when it was first read: no new yellow or red card until the code is mapped
hold-over = the code was not mapped by { $day }: the case is held no longer and is judged by the rest

## unread_files: files of a source that cannot be read, and for how long cases wait for them
unread_files-held = { $why }; cases of which it may tell are not judged until { $day }, and from then on by the rest of the record
unread_files-over = { $why }; no case waits for it: all are judged by the rest of the record

## record: what a record says, before and now

record-seen = seen { $seen }
record-remapped = read by another mapping { $seen }
record-entered = entered { $at }
record-first_read = on record when first read { $seen }
record-trace = `{ $kind }` { $when }
record-stage = { $trace } `{ $stage }`
record-unit = { $trace }, unit { $unit }
record-asked = { $trace }, asked for { $asked }
record-amount = { $trace }, { $limit }
record-number = { $trace }, by { $number }
record-said = { $trace }, { $said }
record-named = { $name } ({ $code })
record-code = `{ $code }`
record-item_is = item { $value }
record-unit_is = unit { $value }
record-date_is = date { $name } { $value }
record-step_due_is = due day of the step `{ $step }` { $value }
record-none = (none)
cell-garbled = the bytes are no UTF-8 (GB18030 stored as if it were?)
cell-too_long = the text is too long to be read
cell-blob = binary data where text should stand
cell-failed = a formula of the spreadsheet gives no result here (`#N/A`, `#REF!`, or never worked out)
cell-quoted = `{ $shown }`
cell-not_shown = a value not shown here, for it looks like a personal number,
cell-unknown_code = { $code } is an unknown code: add it to `codes`
cell-unknown_outcome = { $code } is an unknown outcome: add it to `outcomes`
cell-no_date = { $text } is no date that exists between 1970 and 2199
cell-no_time = { $text } is not written as a time in the formats of this read
cell-no_length = { $text } is no length such as 10wd, 30d, or a number up to { $most }
cell-no_key_value = no key
cell-no_number = no case number
cell-other_unit = { $text } would be a time in 1970: is the number in another unit (seconds, milliseconds, days)?
cell-two_days = { $text } may be { $one } or { $other } by the formats of this read
cell-no_value = { $text } is what a spreadsheet writes where it has no value, and no number
cell-damaged_number = the number is damaged: a spreadsheet wrote it in scientific form, so its last digits are lost; export it again as text
cell-single_number = the number stands in a column of floating point with few digits (`float`, `real`), in which numbers that differ are written alike: nobody can tell the cases apart; let the owner keep it as text or as a whole number
cell-fraction_number = { $text } has a fraction, so it is no number of a case
cell-long_number = a case number of more than { $most } bytes
cell-no_key = the row's key is empty
cell-long_key = the row's key has more than { $most } bytes
cell-no_item = no item code
cell-open_quote = the row breaks off inside a quotation: the mark that opened it is never closed
cell-fields = { $fields } fields, where the header has { $columns }
cell-crowded = the case has more than { $most } traces: no more are taken in, but for those that begin or end it; is the mapping right?
cell-many_rows = the number `{ $number }` stands in more than { $most } rows that are no versions of one another: is the column of the case number right?
cell-outside = { $file }: { $events } events stand outside any trace, so nobody knows of which case they are
cell-row_at = { $file } line { $line }: { $what }
cell-at = { $file } line { $line }, column `{ $column }`: { $what }
cell-of = column `{ $column }`: { $what }
outcome-not_held = not held
outcome-elsewhere = another office's matter
outcome-disclosed = disclosed
outcome-not_disclosed = disclosure refused
outcome-disclosed_in_part = disclosed in part
outcome-licensed = granted
outcome-not_licensed = refused
outcome-granted = granted
outcome-refused = refused
outcome-granted_in_part = granted in part

## dispute: a supervisor is asked whether a card falls

dispute-of_unit = { $unit } had the case when it fell due, so it is its lateness: { $why }
dispute-not_due_then = { $why }; not yet due when it was told at { $told }
dispute-question = after it was told at { $told }: { $facts }{ $rests_on }; which gives: { $now }; a supervisor decides whether the card falls
dispute-again = after it was upheld { $upheld }, { $question }
dispute-rests_on = ; the card rests on { $count }
dispute-count = { $name } { $limit }: running since { $started }{ $days }, due { $due }{ $late }
dispute-days = , { $days } working days counted
dispute-late = , { $late } late when it was told
dispute-changed = { $old } ({ $was }) was changed to { $new } ({ $entry })
dispute-taken_out = { $old } ({ $was }) was taken out ({ $entry })
dispute-added = { $new } was added ({ $entry })
dispute-holds = by the record as it now stands the card holds
dispute-upheld = the case is over; a supervisor upheld the card
reminder-unanswered = told { $told }, and not answered since
reminder-overdue = told { $told }, to be answered by { $due }, and not answered since
reminder-order_late = ordered to be finished by { $due }, and over only at { $over }
reminder-order_open = ordered to be finished by { $due }, and still open
question-withdrawal = its withdrawal waits since { $since }
question-objection = the objection of { $since } waits
question-undecided = { $what }, and is not decided yet
question-overdue = { $what }, was to be decided by { $due }, and is not decided yet

## coverage: where an item stands, and why

coverage-active = has recent traces
coverage-unknown = no trace since { $last }; its source tells nothing since { $dark }, so nobody knows
coverage-awaited = never left a trace so far, and of the source { $source }, which could show it, nothing was read yet
coverage-silent = left traces once, none since { $last }
coverage-exempt = { $reason } (granted by { $by })
coverage-exempt_until = { $reason } (granted by { $by }, until { $until })
coverage-exemption_over = its exemption has run out; never left a trace
coverage-declared = declared as handled in the system, never left a trace
coverage-vertical = handled in the vertical agency's own system
coverage-offline = handled offline
coverage-left = no longer in the catalogue
coverage-from = offered from { $from } on
coverage-until = was offered until { $until }
coverage-season = offered only in the season { $season }
coverage-seasonal_unit = its unit has a window only in a part of the year
season = { $from_month }/{ $from_day } to { $to_month }/{ $to_day }
coverage-none = no coverage was measured up to { $at }
coverage-none_remedy = coverage is measured at the end of a round in which a source was read whole; `jianchad status` says how the sources are

## measure: what is divided by what

measure-items = items that ever left a trace / items of the catalogue that are in force
measure-items_not_exempt = items that ever left a trace / items not exempt
measure-items_active = items with a trace within the window / items in force and in season
measure-units = units with an active item / units with windows
measure-places = townships with a service centre / townships
measure-cases = evidence matched to a case / evidence
measure-traces = required stages with a trace / required, of finished cases
measure-timely = traces entered in time / traces of known entry
measure-fields = required fields filled / required fields

## card_table: the tables of cards that ship

card_table-hunan = hunan
card_table-order_and_escalate = order-and-escalate
card_table-ninety_percent = ninety-percent
card_table-changed = { $title } (changed)

## refiled: ended, and begun anew

refiled-earlier = { $number } was withdrawn at { $when }, when it was due { $due }, and is filed again as this case
refiled-same_number = withdrawn at { $when }{ $entry }, when it was due { $due }, and accepted again under the same number
refiled-taken_back = { $end } at { $left }{ $left_entry } and accepted again at { $back }{ $back_entry } under the same number without a new application, so that its time began anew
refiled-time_and_again = ended and begun anew under the same number within twenty working days each time, { $count } lives by now: the first began at { $first }, this one at { $last }
refiled-times = { $why }; { $count } times by now
refiled-first_run = { $why }; the run before began at { $started } and was due { $due }
entry-unseen = {" "}(not there when read at { $at })
entry-entered = {" "}(entered { $at })

time-nothing = cannot confirm the clock: no step of it is held
time-nothing_remedy = `jianchad status` says whether one is; set the clock right with `timedatectl` otherwise
time-accepted = { $by } says that the machine's clock is right at { $at }; the last round before it was at { $last }. The next round goes on from there (`systemctl reload jianchad` starts one).
time-step = the machine's clock went from { $last } to { $at }
time-held = the machine's clock shows { $at } although the last round was at { $last }: nothing is judged or sent. If the clock is wrong, set it right (`timedatectl`); if it is right, say so with `jianchad time accept --by NAME --why TEXT`, or wait for records of that day (where working days lie in between: of three cases, and of half of those days).
time-accepted_by = the step of the machine's clock from { $last } to { $at } was confirmed by { $by }; the next round goes on
time-was_accepted = the machine's clock stepped: it showed { $at } after the round of { $last }. { $who } confirmed it; rounds went on at { $until }. What was judged and withdrawn about then is to be looked at (views `time_steps`, `findings`)
time-was_agreed = the machine's clock stepped: it showed { $at } after the round of { $last }, and was believed by records of that day from { $until } on. What was judged and withdrawn about then is to be looked at (views `time_steps`, `findings`)
time-was_mended = the machine's clock showed { $at } after the round of { $last }; nothing was judged by it, and it was put right by { $until }
held_mail-nothing = cannot say so of the ledger: no letters are held
held_mail-nothing_remedy = `jianchad status` says whether any are
held_mail-held = letters on cases are held since { $since }, as the ledger is not the one that was last used here, or an older copy of it: it may not know what was told, and would tell cards again. Records are read and judged meanwhile. `jianchad plan` shows what would be told; say that the ledger is the right one with `jianchad ledger accept --by NAME --why TEXT`, or stop the service and put the right one back. If nobody says anything, letters leave again after { $until }
held_mail-over = letters on cases were held since { $since }, as the ledger is not the one that was last used here, or an older copy of it; nobody answered up to { $until }, and they leave again: a card told before may be told once more
held_mail-accepted = letters on cases were held since { $since }, as the ledger is not the one that was last used here, or an older copy of it; { $by } said at { $at } that it is the right one, and they leave again
held_mail-with = { $why }; { $said }
held_mail-released = { $by } says that the ledger is the right one: letters leave with the next round (`systemctl reload jianchad` starts one).

## server: why a database server cannot be read, and what to try

server-of_read = read `{ $read }`: { $what }
server-said = { $what }; it says: { $said }
server-password = the password for { $place } cannot be read from { $file } ({ $why })
server-password_try = put the password into that file, and let nobody but the user jianchad runs as read it (mode 600); under the unit hand it over with LoadCredential
server-unreachable = no connection to { $place } ({ $why })
server-unreachable_try = check `host` and `port`, whether the server listens on the network (listen_addresses), the firewall between, and IPAddressAllow of the unit
server-mute = { $place } gave no answer for { $seconds } s
server-mute_try = let its administrator see what it is busy with; if it is only slow, raise `timeout` of the source
server-ended = the reading of { $place } was ended
server-no_greeting = { $place } took the connection and gave no answer for { $seconds } s, where MySQL greets first: another program probably listens there
server-no_greeting_try = check `host`, `port` and `kind` (a PostgreSQL or a web server waits until it is spoken to); if it is MySQL and only slow, raise `timeout` of the source
server-broken = the connection to { $place } broke off ({ $why })
server-broken_try = nothing, if it passes: what was known stays, and the next round reads again; else see the server's own log
server-no_tls = { $place } has no TLS
server-no_tls_try = let its administrator switch it on (ssl = on, with a certificate); tls = "off" sends records and login in the clear and is only for a line that nobody else can listen on
server-tls = no encrypted connection to { $place } ({ $why })
server-tls_try = give `ca_file` the certificate of the authority that signed the server's, and `host` the name that stands in it; the server must speak TLS 1.2 or newer
server-login = { $place } refuses the login
server-login_try = check `user` and the password, and that pg_hba.conf of the server lets this machine in (hostssl, scram-sha-256)
server-mechanism = { $place } wants a way of logging in that jianchad does not have: { $name }
server-mechanism_try = let the login use scram-sha-256 (or md5) in pg_hba.conf of the server
server-opengauss = { $place } wants the login of openGauss or GaussDB, which is none of PostgreSQL's
server-opengauss_try = let its administrator set password_encryption_type = 1 and give this login its password anew, so that PostgreSQL's md5 login is stored beside its own
server-clear = { $place } wants the password in the clear over a connection that is not encrypted; it was not sent
server-clear_try = take tls = "require", or let the server ask by scram-sha-256
server-no_database = { $place } does not exist
server-no_database_try = check `database`
server-crowded = { $place } takes no more connections
server-crowded_try = nothing, if it passes; else let its administrator raise max_connections or the limit of this login: jianchad needs one at a time, and one more while an administrator looks
server-not_ready = { $place } is starting, stopping, or ended the connection
server-slow = a statement on { $place } took longer than { $seconds } s
server-cut_short = { $place } ended a statement before jianchad's own limit
server-cut_short_try = this login, its database or somebody at the server ends statements earlier: `alter role … reset statement_timeout` (also `… in database …`), and see its log for cancelled requests
server-cut_short_try_mysql = somebody ended the statement (`kill query`), or a limit of this login did: see the server's log
server-slow_try_mysql = give the watermark column an index; narrow the query; or raise `snapshot_at_most` of the source
server-slow_try = give the watermark column an index; narrow the query; or raise `timeout` of the source
server-locked = somebody holds a lock on what is read on { $place }
server-locked_try = nothing, if it passes: the next round tries again; else ask who changes the table (alter table, vacuum full)
server-conflict = { $place } ended the reading for changes that it took over meanwhile
server-conflict_try = nothing: the next round tries again; if it happens again and again, let the standby wait longer (max_standby_streaming_delay)
server-behind = { $place } is a standby that has not yet taken over what was read before, by { $bytes } bytes of its primary's log
server-behind_try = nothing: it is read again as soon as it has caught up, or was made the primary; meanwhile nobody is judged by what it lacks
server-held = { $place } was held in one view for longer than { $seconds } s
server-held_try = read a table with a primary key (none of floating point) in the place of the query or view, so that the reading can go on in a new view; or raise `snapshot_at_most` of the source, for which the owner's server keeps old rows so long
server-disordered = { $place } gives the rows of this table in another order than it compares their keys in, or gives a row twice, so nobody knows whether all of them came
server-disordered_try = read it by a `query` (select the columns from the table) in the place of `table`: it is then read in one go; and tell us the types of the columns of its primary key
server-miscounted = { $came } rows came of this table, and { $there } are there: { $place } compares the key otherwise than it puts rows in order
server-no_table = { $place } has no table or view `{ $table }` that this login sees; there are { $there }
server-no_tables = { $place } has no table or view `{ $table }` that this login sees; it sees none at all
server-no_table_try = correct `table` or `schema`, or let the owner grant usage on the schema and select on the table
server-forbidden = the login may not read this on { $place }
server-forbidden_try = let the owner grant select on the columns of the mapping to this login, and usage on their schema
server-query = a statement is refused by { $place }
server-query_try = correct `query`, `table` or the columns of this read; a query must be one select
server-undecodable = { $place } cannot convert a text
server-undecodable_try = the bytes of a row are not in the encoding that the database says: let the owner find them; `encoding` helps only where the database is SQL_ASCII
server-foreign = { $place } does not speak the protocol of its kind of database: { $what }
server-foreign_try = check `host` and `port`: another program may listen there
server-refused = { $place } refuses
server-refused_try = see its words; the next round tries again
server-no_tls_try_mysql = let its administrator switch it on (ssl_cert, ssl_key); tls = "off" sends records and login in the clear and is only for a line that nobody else can listen on
server-login_try_mysql = check `user`, the password and `database`, and from which machine this login may come ('jianchad'@'10.1.2.9')
server-mechanism_try_mysql = let the login use caching_sha2_password or mysql_native_password
server-clear_try_mysql = take tls = "require": over it the server may ask for the password
server-crowded_try_mysql = nothing, if it passes; else let its administrator raise max_connections or MAX_USER_CONNECTIONS of this login: jianchad needs one at a time, and one more while an administrator looks

## program: why a program that reads gives no rows, and what to try

program-said = { $what }; it said: { $said }
program-untrusted = { $path } is not run: { $why }
program-untrusted_try = give the program, and every folder on the way to it, to root, and let nobody else write there (`chown root:root`, `chmod go-w`)
program-start = { $path } cannot be started ({ $why })
program-start_try = check `command`, `directory` and the first line of the program; under the unit, what its sandbox lets it see (docs/operations.md)
program-folder = { $path } cannot be started in { $folder } ({ $why })
program-credential = { $path } is not started: its secret cannot be read from { $file } ({ $why })
program-credential_try = write it there, for the user jianchad runs as alone (mode 600); under systemd hand it over by LoadCredential
program-request = { $path } is not started: what it would be told is longer than 60 KiB
program-request_try = read fewer columns, or shorten `query`
program-code = { $path } failed and ended with code { $code }
program-code_try = see its own words; run it by hand as the user jianchad runs as, or by `jianchad check-config --sources`
program-signal = { $path } was ended by signal { $signal }
program-signal_try = see its own words and the journal of the system: it crashed, or the machine ran short of memory
program-processor = { $path } computed for longer than { $seconds } s
program-processor_try = let it ask for fewer rows (`since`), or raise `processor_at_most` of the source
program-unfinished = { $path } ended before it said how many rows of `{ $read }` there are
program-count = { $path } says that `{ $read }` has { $told } rows, and gave { $counted }
program-line = line { $line } of { $path } { $what }
program-long_line = line { $line } of { $path } is longer than 1 MiB
program-no_read = line { $line } of { $path } gives a row before it is said of which read it is
program-after = line { $line } of { $path } comes behind the last row
program-left_behind = { $path } ended, and left others running that keep its output open
program-lingers = { $path } gave all its rows and does not end
program-ends_try = let it wait for whatever it starts, and end by itself once it has written its last line
program-ended = the reading of { $path } was ended
program-broken = the output of { $path } cannot be read ({ $why })
program-protocol_try = mend the program: each row is one line, a JSON object, and the last line of a read is `{"{"}"rows": N{"}"}` (docs/operations.md)
program-float_try = let the program write such numbers as texts: a number with a fraction has lost its last digits, and two cases could become one
program-encoding_try = say in which encoding it writes by `encoding` of the source, such as "gb18030", or let it write UTF-8
program-missing_try = correct the column in this read's mapping, or let the program write it, as `null` where nothing stands there

## program_line: what is wrong with a line of a program

program_line-no_json = is no JSON object (character { $column })
program_line-no_utf8 = is not UTF-8
program_line-doubled = names { $name } twice
program_line-nested = has a list or an object in { $name }
program_line-float = has a number in { $name } that has lost its last digits
program_line-long_name = has a name longer than 256 bytes
program_line-nothing = has no { $names }
program_line-missing = has no { $names }; it has { $there }

## trusted: why a program is not run

trusted-not_run = it is not executable
trusted-owner = { $path } belongs to the user with the number { $owner }, who could change it
trusted-all = everybody may write to { $path }
trusted-group = the group with the number { $group } may write to { $path }

## about: what an administrator is told of a database server

foreign-no_greeting = it does not greet as MySQL does
foreign-too_old = it is older than MySQL 4.1
foreign-no_mysql_login = it does not log in as MySQL does
foreign-tls_answer = it answers the question for TLS otherwise
foreign-zero_name = a name has a zero byte
foreign-no_postgres_login = it does not log in as PostgreSQL does
foreign-no_login = it asks for no login that can be
foreign-no_proof = it did not prove that it knows the password
foreign-no_md5 = its login is no MD5
foreign-no_scram = its login is no SCRAM
foreign-zero_password = the password has a zero byte
foreign-long_statement = a statement is too long
foreign-other_answer = it answers a question otherwise
foreign-other_count = it announces other columns than it counts
foreign-no_column = a column is none
foreign-other_head = a row has other columns than its head
foreign-more_rows = it sends more rows than were asked for
foreign-other_rows = it counts other rows than it sends
foreign-other_columns = it announces other columns than were asked for
foreign-too_long = an answer is longer than 64 MiB
foreign-too_short = a message is shorter than its own length
cause-network_refused = { $words }
cause-network_closed = the other side closed it: { $words }
cause-network_reset = { $words }
cause-network_no_way = { $words }
cause-network_no_name = { $words }
about-server = { $server }, encoding { $encoding }
about-standby = it is a standby: what is committed on its primary shows here as late as it is taken over; say the delay by `lag` where it matters
about-no_encoding = the database is SQL_ASCII, so nobody knows in which encoding its texts are: say it by `encoding = "gb18030"`, else each cell that is no UTF-8 is lost
about-clock_ahead = its clock is { $seconds } s ahead of this machine's: let both follow the same time server
about-clock_behind = its clock is { $seconds } s behind this machine's: let both follow the same time server
about-superuser = the login { $user } is a superuser of the server: jianchad needs one that may only select; create it and grant select on the columns of the mapping
about-writes = this login could change { $count ->
    [one] { $tables }
   *[other] { $count } tables, { $tables } among them
}. A reading transaction is no lock. Let the owner run for each: revoke { $rights } on … from { $user } (or from public, where the right comes from there)
about-grants = this login could write: { $grants }. A reading transaction is no lock. Let the administrator revoke all but select on the columns of the mapping
about-powers = the login { $user } has more than reading, or can take it: { $powers }. Let the administrator revoke it
about-definers = this login may run { $functions }, which act with the rights of their owner: what they write, it can write. Let the administrator revoke `execute` from it (and from public)
about-roles = this login may take the roles { $roles }, whose rights it does not see: let the administrator look whether they may write
about-schema = read `{ $read }` reads { $table }
about-schemas = read `{ $read }` reads { $table }; there is also { $others }, and the search_path of the login decides which: set `schema` of the source
about-row_security = read `{ $read }`: row security of { $table } applies to this login, so rows that its policies hide are never supervised. Let the owner give it a policy that shows all rows (`for select using (true)`), or `bypassrls`
about-single = read `{ $read }`: column `{ $column }` is floating point with few digits (`float`, `real`), in which numbers that differ are written alike: as case number or key each such row is refused. Let the owner keep it as text or as a whole number
about-double = read `{ $read }`: column `{ $column }` is floating point: as case number a value with a fraction or beyond 15 digits is refused
about-latin1 = read `{ $read }`: { $columns } say `latin1` and hold more than ASCII; Chinese in them is probably GBK. Say it by `encoding = "gb18030"`, else names and numbers are read wrong
about-no_watermark = read `{ $read }` has no `watermark`: all of its rows are read in every round
about-no_index = read `{ $read }`: no index begins with `{ $column }`, so every round looks through the whole table; ask the owner for one

## forget: what is erased

forget-ask_case = All personal text of the case { $number } is erased for good, here and in the letters: handlers, notes, the name shown. Days, cards and findings stay.
forget-ask_person = Whatever names “{ $name }” in handlers, notes and names shown is erased for good, in all cases and in the letters. Days, cards and findings stay.
forget-done = { $texts ->
    [one] 1 text
   *[other] { $texts } texts
} erased, and what { $letters ->
    [one] 1 letter
   *[other] { $letters } letters
} said of it. What the sources say of it from now on is marked before it is stored.
forget-files = { $removed ->
    [one] 1 letter was
   *[other] { $removed } letters were
} taken out of the folder for letters.
forget-file = a letter in the folder { $folder } could not be removed: { $why }
forget-left = { $count ->
    [one] 1 letter
   *[other] { $count } letters
} with it had left before: only the readers can delete what is in their mailboxes. They are { $readers }.
forget-copies = Out of reach: the sources themselves, copies of the ledger made before, the server's own mailboxes. View `erasures` keeps who erased what and why.
forget-short = cannot erase “{ $name }”: it would be found in every sentence; give a name of { $characters } characters or more
forget-named = whoever is erased is not to be named in the note of it: another person enters it (--by), and the reason (--why) goes without the name
forget-ask_records = Whatever names “{ $name }” in handlers, notes and names shown is erased for good, in all cases; in the sentences of letters and findings it stays. Days, cards and findings stay.
forget-ours = cannot erase “{ $name }” as a name: { $what }, so that letters about others would be changed
forget-ours_remedy = if somebody has this name, say --only-records: it is erased from handlers, notes and names shown, and stays in the sentences of letters and findings; or erase case by case (--case NUMBER)
forget-our_office = it is in the name of the supervising office, “{ $word }”
forget-our_unit = it is in the name or code of the unit “{ $word }”
forget-our_region = it is in the name or code of the region “{ $word }”
forget-our_item = it is in the name or code of the item “{ $word }”
forget-our_stage = it is in the name of the stage “{ $word }”
forget-our_limit = it is in a limit or what it rests on, “{ $word }”
forget-our_source = it is in the name of the source “{ $word }”
forget-our_number = it is the number of a case
forget-our_figure = it is a day, an hour or a number
forget-our_word = it is a word of our own sentences
forget-nobody = no handler, note or name shown in the ledger says “{ $name }”, and no contact has that name; nothing was erased
forget-nobody_remedy = try it as records write it. To have the name marked in what comes later, say --in-advance
forget-spelled = the ledger knows a number that is spelled otherwise: { $numbers }
forget-stays_number = Still with the name: { $count ->
    [one] the number of one case
   *[other] the numbers of { $count } cases
}: { $texts }. By its number a case is known, so it stays; to have it masked let the source (or a view of it) give numbers without names. The old ones stay in the ledger.
forget-stays_item = Still with the name: { $count ->
    [one] an item as records write it
   *[other] { $count } items as records write them
}: { $texts }. What a case is about decides its limits, so it stays; have it mended at the source.
forget-stays_stage = Still with the name: { $count ->
    [one] a stage
   *[other] { $count } stages
}: { $texts }. Clocks go by stages, so it stays; have it mended at the source.
forget-stays_code = Still with the name: { $count ->
    [one] a unit, code, key of a row or column
   *[other] { $count } units, codes, keys of rows or columns
}: { $texts }. It stays; have it mended at the source.
forget-stays_contact = Still among the contacts: { $texts }. Change it in contacts.csv.
forget-stays_longer = Taken for somebody else, as it is longer, and not erased: { $texts } ({ $count ->
    [one] one name
   *[other] { $count } names
}). If it is the same person, erase it too.
forget-stays_spelling = Spelled otherwise, and not erased: { $texts }. Run it again with that spelling.
forget-stays_alike = Not erased, as the number is spelled otherwise: { $texts }. If it is the same case, erase it too.
forget-stays_ours = Left in the sentences of letters and findings: { $texts } (also the name of a unit or an item or a word of ours, or left by --only-records or --in-advance).
forget-held_remedy = stop the daemon (`systemctl stop jianchad`), erase, and start it again: nothing that is to be erased may stay in its memory. What came meanwhile is read and told by the next round
forget-unfinished = an erasure has not come to its end: { $count ->
    [one] one letter
   *[other] { $count } letters
} that had left with what was erased { $count ->
    [one] was
   *[other] were
} not yet taken out of the mail folder or named with the readers
forget-unfinished_remedy = see that the mail folder can be written to, and run the same `jianchad forget` again
forget-unswept = personal text was erased, and the ledger's file or its log of changes still holds some of its bytes
forget-unswept_remedy = close whatever reads the ledger, stop the daemon, see that the disk has room for a copy of the ledger, and run the same `jianchad forget` again
forget-reason = cannot be read; what stood there was erased: { $mark }
forget-of_case = on { $on } { $by } erased the personal text of the case { $subject } ({ $why }): { $texts } texts, { $letters } letters. Days, cards and findings are as they were
forget-of_person = on { $on } { $by } erased what names a person, { $subject } ({ $why }): { $texts } texts, { $letters } letters. Days, cards and findings are as they were
forget-of_ended = on { $on } personal text of { $cases ->
    [one] 1 case
   *[other] { $cases } cases
} that ended long ago was erased, as set: { $why } ({ $texts } texts, { $letters } letters)
forget-of_letters = on { $on } the words of { $letters ->
    [one] 1 old letter
   *[other] { $letters } old letters
} were erased, as set: { $why }
explain-erased = Erased
explain-erased_by = personal text, on { $on } by { $by }: { $why }
explain-erased_for = personal text, on { $on }, as set: { $why }

## fault: why a source cannot be read

fault-because = { $what }: { $cause }
fault-try = { $what }; try: { $remedy }
fault-note = { $what }; { $remedy }
fault-several = { $count } files cannot be read whole; the first: { $first }
fault-missing = cannot read { $path }: it does not exist
fault-emptied = { $path } is empty, and files of it were read before
fault-folder = cannot read { $path } as a database: it is a folder
fault-no_file = cannot read { $path }: { $what }
fault-forbidden = cannot read { $path }: permission denied
fault-io = cannot read { $path }
fault-no_database = { $path } is no SQLite database, or it is encrypted
fault-busy = { $path } is locked by another program
fault-wal_closed = { $path } is a database in WAL mode that no program has open, and jianchad must not create its -shm file
fault-unfinished = { $path } holds a change that its application broke off and has not yet undone
fault-corrupt = { $path } is damaged
fault-disk = the disk failed while { $path } was read
fault-sqlite = cannot read { $path }: SQLite refuses
fault-no_table = { $path } has no table or view `{ $table }`; there are { $there }
fault-query = read `{ $read }` of { $path } cannot be prepared
fault-unbound = read `{ $read }` of { $path }: { $faults }
fault-text = { $path }, line { $line }: { $what }
fault-book = { $path }: { $what }
fault-silent = { $path } gave no row for { $seconds } s, and its reading was ended
fault-too_long = { $path } could not be read to its end in { $seconds } s, and its reading was ended
fault-swollen = { $path } has more than { $more } rows beyond the { $known } that are known of it, and its reading was ended
fault-too_big = { $path } has a cell that is too large to be read
fault-broke_off = the reading of { $path } broke off by a fault of the program
fault-hangs = { $path } still hangs: its last reading could not be ended
fault-misfit = read `{ $read }` asks { $asked }, which a source of this kind does not have
fault-asks_table = for a table or query
fault-asks_files = for files
fault-tables_none = none at all
fault-tables_more = { $tables } and { $more } more
fault-tables_meant = { $tables } (is `{ $meant }` meant?)
fault-is_folder = it is a folder, and no file
fault-is_pipe = it is a named pipe, and no file
fault-is_socket = it is a socket, and no file
fault-is_link = it is a symbolic link, and no file
fault-is_device = it is a device, and no file
fault-too_large = it is larger than 256 MiB
fault-no_utf8 = stream did not contain valid UTF-8
fault-link_outside = it is a symbolic link that leads out of the folder
fault-link_nowhere = it is a symbolic link that leads nowhere, or in a circle
fault-name_unseen = its name holds characters that are not seen, or has more than 200 without a blank
fault-took_too_long = reading took too long and was ended
fault-open_quote = a quotation mark opened in this row is never closed, so the rest of the file cannot be read
fault-cut_off = it ends in the middle of a line, though it ended with the end of one when it was last read: it was hardly written to its end. If it is whole, end its last line
fault-not_unpacked = it cannot be unpacked: { $why }
fault-kind_workbook = this is a workbook (.xlsx) or another ZIP archive under this name: a workbook is read by `kind = "xlsx"`
fault-kind_office = this is a workbook or document of old Office (.xls, .doc) under this name
fault-kind_archive = this is an archive under this name: unpack it
fault-kind_document = this is a document (PDF or RTF) under this name
fault-kind_sqlite = this is an SQLite database under this name: give its source `kind = "sqlite"`
fault-kind_page = this is a page (HTML) or XML under this name, and no table
fault-not_encoded = the bytes are no { $encoding }
fault-neither_encoded = the bytes are neither UTF-8 (up to line { $utf8 }) nor GB18030 (up to line { $gb18030 })
fault-no_header = there is no header row
fault-header_beyond = the file ends before line { $row }, in which `header_row` says that the header stands
fault-two_alike = two columns are named { $which }
fault-book_at = sheet { $sheet }: { $what }
fault-book_half = it breaks off, or its bytes are damaged: it was not written or copied to its end
fault-book_form = what it says of its sheets is damaged
fault-book_empty = the file is empty
fault-book_none = this is no workbook, whatever its name says
fault-book_text = this is a text under the name of a workbook: give its source `kind = "csv"`, or save it as a workbook
fault-book_old = this is a workbook of old Office (.xls) or WPS (.et): save it as .xlsx
fault-book_binary = this is a binary workbook (.xlsb): save it as .xlsx
fault-book_ods = this is an OpenDocument sheet (.ods): save it as .xlsx
fault-book_sealed = it is sealed by a password: save it without one
fault-book_parts = it has more parts than any workbook of an office
fault-book_twice = two of its parts have one name
fault-book_swells = it unpacks to far more than any workbook of an office
fault-book_packing = it is packed in a way that workbooks are not
fault-book_doctype = it declares a document type, as no spreadsheet does
fault-book_deep = its elements stand in one another without end
fault-book_long = a tag or a text longer than 1 MiB
fault-book_long_text = a cell with more text than a spreadsheet holds (32,767 characters)
fault-book_texts = more than { $most } MiB of texts: divide it into several
fault-book_styles = it has more styles than a spreadsheet holds
fault-book_rows = behind row { $after } stands none that a spreadsheet would write there: rows are out of order, or more than 1,048,576
fault-book_cells = row { $row }: its cells do not stand where a spreadsheet would write them, or are of a kind that it does not know
fault-book_row = row { $row } holds more text than any row
fault-book_no_text = row { $row } names a shared text that is not there
fault-book_no_sheet = there is no sheet { $sheet }; there are { $there }
fault-book_no_sheets = it has no sheet of cells
fault-zero_byte = a zero byte: the file is no text, or UTF-16 without its mark, or only half written
fault-long_line = a line longer than 1 MiB
fault-long_row = a row longer than 1 MiB begins here: is a quotation mark left open?
fault-many_cells = a row of more than 5,000 cells begins here: is the delimiter right?
fault-unpacks_table = it unpacks to more than any table: 64 MiB and 60 times its own size
fault-unpacks_log = it unpacks to more than any event log: 64 MiB and 60 times its own size
fault-no_log = this is no XES event log: { $what }
fault-no_office_log = this is no event log of an office: { $what }
fault-log_ends = the log ends before its end tag
fault-log_attributes = a tag of more than 100 attributes
fault-log_attribute = a key of more than 1,000 bytes or a value of more than 64 KiB
fault-log_entity = an entity that is not known
fault-log_tag = a tag or a text longer than 1 MiB
fault-log_form = it is not well formed
fault-log_syntax = { $words }
fault-log_absent = no event of the log has the attribute { $missing }; it has { $others } others, which are not shown here
fault-no_column = there is no column { $missing }; there are { $there }
fault-no_column_hidden = there is no column { $missing }; the names of the { $found } that are there are not shown here
fault-column_meant = { $what } (is { $meant } meant by { $name }?)
fault-names_more = { $names } and { $more } more
fault-no_zone = `{ $zone }` is no zone that is known here
fault-no_pattern = `{ $pattern }` is no pattern of a time: see chrono's strftime notation

## fault_remedy: what to try then

fault_remedy-missing = check `path`, and whether the disk or share it lies on is mounted
fault_remedy-no_file = find out who put it there; let files themselves lie in the place from which jianchad reads
fault_remedy-emptied = see whether the share that belongs there is mounted; leave at least the newest file in the folder
fault_remedy-folder = let `path` name the database file itself
fault_remedy-forbidden = let the user jianchad runs as read the file and enter every folder on the way to it
fault_remedy-disk = check the disk or network share; the next round tries again
fault_remedy-no_database = check `path`; an encrypted database must be exported in the clear first
fault_remedy-busy = nothing, if it passes: the next round tries again; else find who holds the lock
fault_remedy-wal_closed = start the application that owns it, or let that application use journal_mode=DELETE, or read a copy
fault_remedy-unfinished = start the application that owns it: it puts its file in order by itself
fault_remedy-corrupt = let the owner run `pragma integrity_check` on it and restore it from a backup; jianchad never writes to it
fault_remedy-sqlite = see the cause; the next round tries again
fault_remedy-no_table = correct `table` in this read, or ask the vendor where the records went
fault_remedy-query = correct `query` in this read: it must be one `select`
fault_remedy-unbound = correct the names in this read's mapping, or ask the vendor what was renamed
fault_remedy-text = save the file again whole, as UTF-8 or GB18030; rows already taken from it stay taken
fault_remedy-book = open it in the spreadsheet program, look at what is named, and save it whole as a workbook (.xlsx); rows already taken from it stay taken
fault_remedy-silent = run its query by itself on a copy: a view that never ends, a missing index, a share that hangs; if it is only slow, raise `silent_at_most` of the source
fault_remedy-too_long = see why it is so slow, or raise `reading_at_most` of the source; what was known of it stays, and the next reading begins anew
fault_remedy-swollen = ask who filled it, and whether a view joins its rows many times over; if so many are right, raise `more_rows_at_most` of the source
fault_remedy-too_big = leave the column out of the mapping, or ask the vendor what stands there
fault_remedy-broke_off = report the fault with the journal; the next round tries again
fault_remedy-hangs = check the disk or network share; it is tried again as soon as the system lets go of it
fault_remedy-misfit = give the read a `table` or `query` in a database, neither for files

## reading: what is noted of a source that was read

reading-beside = { $file } has { $count } rows of sums, page numbers or signatures among its records; they are of no case
reading-stray_quotes = { $file } has { $count } quotation marks that are never closed, the first in line { $line }; they were left out, and the rows behind them read
reading-two_encodings = { $file } is partly in UTF-8 and partly in GB18030; each line was read in its own: { $utf8 } in UTF-8, { $gb18030 } in GB18030, { $neither } in neither, of which what can be read was read
reading-divided_by = the cells of { $file } are divided by `{ $mark }` and not by what `delimiter` says; it was read so
reading-number = no. { $number } (`{ $name }`)
reading-of_another = { $file } lacks the columns of the read { $read }; it is read as { $other }
reading-header_below = the header of { $file } stands below a title, in row { $line }; it was read from there (header_row = { $line })
reading-header_again = { $file } has its header { $count } more times among its rows; those are no records
reading-unfinished_line = { $file } ends in an unfinished line, which waits until it is finished
reading-empty_file = { $file } is empty (0 bytes), and is passed over
reading-breaks_off = { $file } breaks off, as if it were still being written; it is read again
reading-hidden_rows = { $file } has { $count } rows that are hidden; they were read like the others
reading-hidden_sheets = { $file } has { $count } sheets that are hidden and not read: { $names }
reading-hidden_sheet = the sheet { $sheet } of { $file }, which is read, is hidden
reading-other_sheets = of { $file } { $sheet } are read and { $count } sheets are not: { $names } (they have not the columns of the mapping; `sheet` in its source names one alone)
reading-tells_of_later = { $file } says that it was written on { $written }, and tells of what happened on { $told }: its time is wrong and counts for nothing, so that nothing in it takes away what another file says, or is taken away by one (keep the clock of whoever writes it right, and the times when files are copied)
reading-shrank = { $file } shrank from { $was } to { $is } bytes: rows may have been taken out of it
reading-gone = { $file } is gone; what it told stays
reading-copied = { $file } holds what was read before and was written by { $day }: nothing of it is newer, and it counts as no delivery
reading-gone_back = { $file } holds again what it held before what was read last, as when an older copy is put back: it is not read, and counts as no delivery. If it is meant, write it with any change, such as an empty line at its end
reading-unsorted = read `{ $read }`: `{ $column }` does not sort by time as it is written, so everything is read each time
reading-future = read `{ $read }`: { $rows } rows have a time after the present in `{ $column }`; is the clock of the source right?
reading-uncounted = read `{ $read }`: `{ $column }` holds no numbers, so everything is read each time
reading-no_number = read `{ $read }`: { $rows } rows have no number in `{ $column }`; changes of such rows may be seen only when everything is read
reading-no_time = read `{ $read }`: { $rows } rows have no time in `{ $column }`; changes of such rows may be seen only when everything is read

## cause: what the system and SQLite say of a failure

cause-not_found = { $words }
cause-not_allowed = { $words }
cause-exists = { $words }
cause-no_folder = { $words }
cause-folder = { $words }
cause-full = { $words }
cause-read_only = { $words }
cause-timed_out = { $words }
cause-breaks_off = { $words }
cause-garbled = { $words }
cause-no_connection = { $words }
cause-no_route = { $words }
cause-cut_off = { $words }
cause-pipe = { $words }
cause-system = { $words }
cause-tls_authority = { $words }
cause-tls_name = { $words }
cause-tls_day = { $words }
cause-tls_certificate = { $words }
cause-tls_none = { $words }
cause-tls = { $words }
tls-unread = ca_file { $file }: { $why }
tls-no_pem = ca_file { $file }: { $words }
tls-empty = ca_file { $file }: no certificate stands in it
tls-no_authorities = this system knows no certificate authorities
tls-no_name = { $host } is no name that a certificate can show
cause-sqlite_not_allowed = { $words }
cause-sqlite_busy = { $words }
cause-sqlite_memory = { $words }
cause-sqlite_read_only = { $words }
cause-sqlite_ended = { $words }
cause-sqlite_disk = { $words }
cause-sqlite_damaged = { $words }
cause-sqlite_full = { $words }
cause-sqlite_not_opened = { $words }
cause-sqlite_too_big = { $words }
cause-sqlite_none = { $words }
cause-sqlite = { $words }

## ledger: what can go wrong with the ledger

ledger-not_opened = cannot open the ledger `{ $path }`
ledger-foreign = `{ $path }` is an SQLite database of another program, not a ledger
ledger-newer = the ledger `{ $path }` has schema { $found }, and this jianchad knows schemas up to { $known }
ledger-older = the ledger `{ $path }` has schema { $found }, and this jianchad writes schema { $known }
ledger-held = another jianchad is writing to the ledger `{ $path }`
ledger-not_locked = cannot lock the ledger with the file `{ $path }`
ledger-absent = there is no ledger at `{ $path }` yet
ledger-not_read = this login may not read the ledger `{ $path }`
ledger-not_written = this login may not write to the ledger `{ $path }`
ledger-moved = the ledger `{ $path }` is no longer where it was opened
ledger-failed = cannot { $doing } in the ledger
ledger-garbled = the ledger holds { $what } that cannot be read back: `{ $value }`

# What was being done in the ledger, and what was to be read back.
doing-begin_a_round = begin a round
doing-begin_a_sweep = begin a sweep
doing-bring_the_schema_up_to_date = bring the schema up to date
doing-compare_the_rows_that_are_gone_with_those_that_came = compare the rows that are gone with those that came
doing-compare_two_lists_of_evidence = compare two lists of evidence
doing-copy_all_that_is_known = copy all that is known
doing-count_the_cards_by_rule = count the cards by rule
doing-count_the_cards_of_a_period = count the cards of a period
doing-count_the_cases_of_a_source = count the cases of a source
doing-count_the_cases_of_each_clock = count the cases of each clock
doing-count_the_cases_that_began = count the cases that began
doing-count_the_cases_that_ended = count the cases that ended
doing-count_the_letters_of_the_day = count the letters of the day
doing-count_the_open_cards = count the open cards
doing-count_the_rows_of_a_source = count the rows of a source
doing-count_what_lately_moved = count what lately moved
doing-count_what_rests_on_a_source = count what rests on a source
doing-count_what_waits_for_review = count what waits for review
doing-drop_what_ended_long_ago = drop what ended long ago
doing-empty_the_log_of_changes = empty the log of changes
doing-end_a_silence = end a silence
doing-end_a_sweep = end a sweep
doing-end_looking_over_a_source = end looking over a source
doing-enter_a_change_of_what_judges = enter a change of what judges
doing-enter_a_finding_on_our_own_running = enter a finding on our own running
doing-enter_a_silence = enter a silence
doing-enter_a_source = enter a source
doing-enter_how_the_clocks_run = enter how the clocks run
doing-enter_that_a_source_is_doubted = enter that a source is doubted
doing-enter_that_a_source_is_doubted_no_more = enter that a source is doubted no more
doing-enter_that_a_source_was_accepted = enter that a source was accepted
doing-enter_that_the_clock_is_believed = enter that the clock is believed
doing-enter_that_the_clock_was_confirmed = enter that the clock was confirmed
doing-enter_that_the_ledger_is_the_right_one = enter that the ledger is the right one
doing-enter_the_coverage = enter the coverage
doing-enter_what_a_source_says_is_deleted = enter what a source says is deleted
doing-enter_what_a_source_took_back = enter what a source took back
doing-enter_what_fell_due_while_a_source_was_not_read = enter what fell due while a source was not read
doing-enter_what_was_done_with_a_card = enter what was done with a card
doing-enter_what_was_found_over_many_cases = enter what was found over many cases
doing-enter_what_was_judged = enter what was judged
doing-erase_personal_text = erase personal text
doing-erase_personal_text_in_letters = erase personal text in letters
doing-erase_the_words_of_letters = erase the words of letters
doing-erase_what_is_kept_no_longer = erase what is kept no longer
doing-find_a_case = find a case
doing-find_the_case_of_a_finding = find the case of a finding
doing-find_the_cases_of_a_source = find the cases of a source
doing-find_the_cases_to_judge = find the cases to judge
doing-find_the_closed_cases_with_a_card = find the closed cases with a card
doing-find_the_first_round = find the first round
doing-find_the_last_round = find the last round
doing-find_the_newest_event = find the newest event
doing-find_the_newest_letter = find the newest letter
doing-find_the_newest_record = find the newest record
doing-find_the_open_cases = find the open cases
doing-find_the_round_of_a_moment = find the round of a moment
doing-find_the_round_of_a_week_ago = find the round of a week ago
doing-find_what_a_rule_gives_up = find what a rule gives up
doing-find_what_was_read_after_a_source_had_not_been_read = find what was read after a source had not been read
doing-finish_a_round = finish a round
doing-have_closed_cases_judged_by_another_calendar = have closed cases judged by another calendar
doing-hold_a_step_of_the_clock = hold a step of the clock
doing-hold_another_step_of_the_clock = hold another step of the clock
doing-judge_anew_what_a_clock_explains = judge anew what a clock explains
doing-judge_anew_what_a_wrong_clock_judged = judge anew what a wrong clock judged
doing-keep_a_round_safe = keep a round safe
doing-keep_a_setting = keep a setting
doing-let_letters_be_tried_again = let letters be tried again
doing-list_the_cards = list the cards
doing-list_the_cases_of_a_month = list the cases of a month
doing-list_the_findings = list the findings
doing-list_the_unanswered_cards = list the unanswered cards
doing-list_who_is_missing = list who is missing
doing-look_at_a_letters_news_once_more = look at a letter's news once more
doing-look_at_the_waiting_letters_once_more = look at the waiting letters once more
doing-look_by_how_much_a_source_lags = look by how much a source lags
doing-look_for_a_reading = look for a reading
doing-look_for_a_record = look for a record
doing-look_for_a_sweep = look for a sweep
doing-look_for_another_spelling_of_a_number = look for another spelling of a number
doing-look_for_cases_like_one_that_is_gone = look for cases like one that is gone
doing-look_for_codes_that_no_mapping_knows = look for codes that no mapping knows
doing-look_for_gaps_in_case_numbers = look for gaps in case numbers
doing-look_for_letters_that_are_kept_no_longer = look for letters that are kept no longer
doing-look_for_marks = look for marks
doing-look_for_rounds = look for rounds
doing-look_for_the_cases_of_a_new_source = look for the cases of a new source
doing-look_for_the_first_cases = look for the first cases
doing-look_for_the_number_of_a_case = look for the number of a case
doing-look_for_what_is_kept_no_longer = look for what is kept no longer
doing-look_how_old_the_open_cases_are = look how old the open cases are
doing-look_over_a_source = look over a source
doing-look_what_a_finding_rests_on = look what a finding rests on
doing-look_what_was_referred = look what was referred
doing-look_when_a_source_delivered = look when a source delivered
doing-look_when_a_source_was_last_swept = look when a source was last swept
doing-look_when_a_source_was_read_before = look when a source was read before
doing-look_when_what_was_read_was_done = look when what was read was done
doing-look_whether_a_row_says_what_it_said_before = look whether a row says what it said before
doing-look_which_cases_went_back = look which cases went back
doing-look_which_rows_have_moved = look which rows have moved
doing-look_which_rows_stand_under_another_key = look which rows stand under another key
doing-look_who_was_told = look who was told
doing-make_ready_for_a_first_read = make ready for a first read
doing-match_evidence_to_cases = match evidence to cases
doing-measure_the_size = measure the size
doing-name_cards_that_fell_untold = name cards that fell untold
doing-name_faults_in_the_records_of_late_cases = name faults in the records of late cases
doing-name_the_ledger = name the ledger
doing-name_the_red_cards = name the red cards
doing-name_the_red_cards_of_a_period = name the red cards of a period
doing-name_what_waits_for_review = name what waits for review
doing-note_how_far_a_source_can_be_believed = note how far a source can be believed
doing-note_how_far_a_source_was_read = note how far a source was read
doing-note_how_many_rows_a_source_had = note how many rows a source had
doing-note_that_a_delivery_is_overdue = note that a delivery is overdue
doing-note_that_a_letter_is_handed_over = note that a letter is handed over
doing-note_that_a_source_cannot_be_read = note that a source cannot be read
doing-note_that_a_source_is_watched = note that a source is watched
doing-note_that_a_source_was_looked_at = note that a source was looked at
doing-note_that_a_source_was_not_watched = note that a source was not watched
doing-note_that_no_source_was_watched = note that no source was watched
doing-note_what_was_gone_through = note what was gone through
doing-note_when_a_source_was_not_read = note when a source was not read
doing-note_which_files_could_not_be_read = note which files could not be read
doing-note_which_letters_are_left_with_what_was_erased = note which letters are left with what was erased
doing-note_which_numbers_stand_twice = note which numbers stand twice
doing-note_which_sources_are_configured = note which sources are configured
doing-put_a_letter_in_the_place_of_another = put a letter in the place of another
doing-put_a_shorter_letter_in_the_place_of_one_that_was_too_large = put a shorter letter in the place of one that was too large
doing-put_a_sweep_away = put a sweep away
doing-put_together_how_things_stand = put together how things stand
doing-queue_letters = queue letters
doing-look_for_a_round = look for a round
doing-read_whether_a_case_is_known = read whether a case is known
doing-read_a_case = read a case
doing-read_a_cases_deadlines = read a case's deadlines
doing-read_a_cases_findings = read a case's findings
doing-read_a_cases_letters = read a case's letters
doing-read_a_cases_spoilt_rows = read a case's spoilt rows
doing-read_a_cases_traces = read a case's traces
doing-read_a_digest = read a digest
doing-read_a_finding = read a finding
doing-read_a_letter = read a letter
doing-read_a_setting = read a setting
doing-read_a_text = read a text
doing-read_a_trace = read a trace
doing-read_an_earlier_case = read an earlier case
doing-read_by_when_a_card_is_to_be_answered = read by when a card is to be answered
doing-read_by_which_mapping_a_source_was_read = read by which mapping a source was read
doing-read_evidence_without_a_case = read evidence without a case
doing-read_how_a_case_changed = read how a case changed
doing-read_how_a_cases_deadlines_moved = read how a case's deadlines moved
doing-read_how_a_source_is = read how a source is
doing-read_how_case_numbers_run = read how case numbers run
doing-read_how_coverage_went = read how coverage went
doing-read_how_far_a_source_was_read = read how far a source was read
doing-read_how_far_sources_can_be_believed = read how far sources can be believed
doing-read_how_many_rows_a_source_had = read how many rows a source had
doing-read_how_much_evidence_there_is = read how much evidence there is
doing-read_how_the_clocks_ran = read how the clocks ran
doing-read_how_the_coverage_changed = read how the coverage changed
doing-read_of_which_items_cases_began = read of which items cases began
doing-read_orders_to_finish = read orders to finish
doing-read_silences = read silences
doing-read_since_when_a_case_is_held = read since when a case is held
doing-read_the_attempts_to_send_a_letter = read the attempts to send a letter
doing-read_the_changes_of_what_judges = read the changes of what judges
doing-read_the_coverage = read the coverage
doing-read_the_events_of_a_finding = read the events of a finding
doing-read_the_items_activity = read the items' activity
doing-read_the_last_round = read the last round
doing-read_the_last_round_by_the_machines_clock = read the last round by the machine's clock
doing-read_the_last_rounds = read the last rounds
doing-read_the_last_step_of_the_clock = read the last step of the clock
doing-read_the_last_whole_round = read the last whole round
doing-read_the_name_of_a_source = read the name of a source
doing-read_the_order_of_the_units = read the order of the units
doing-read_the_outbox = read the outbox
doing-read_the_refused_letters = read the refused letters
doing-read_the_rows_of_a_case = read the rows of a case
doing-read_the_runs_of_a_case = read the runs of a case
doing-read_the_sources = read the sources
doing-read_the_steps_of_the_clock = read the steps of the clock
doing-read_the_sums_of_the_items = read the sums of the items
doing-read_what_a_person_last_adopted = read what a person last adopted
doing-read_what_a_row_says = read what a row says
doing-read_what_a_row_told = read what a row told
doing-read_what_a_silence_hid = read what a silence hid
doing-read_what_changed_without_a_person = read what changed without a person
doing-read_what_columns_hold = read what columns hold
doing-read_what_ended_lately = read what ended lately
doing-read_what_is_to_be_told = read what is to be told
doing-read_what_judged = read what judged
doing-read_what_judged_a_case = read what judged a case
doing-read_what_stands_of_our_own_running = read what stands of our own running
doing-read_what_stands_over_many_cases = read what stands over many cases
doing-read_what_the_rows_of_a_case_say = read what the rows of a case say
doing-read_what_vanished_of_a_case = read what vanished of a case
doing-read_what_waits_for_a_decision = read what waits for a decision
doing-read_what_was_decided_on_its_last_day = read what was decided on its last day
doing-read_what_was_erased = read what was erased
doing-read_what_was_found = read what was found
doing-read_what_was_known_of_a_case = read what was known of a case
doing-read_what_was_said_of_a_case = read what was said of a case
doing-read_what_was_told_of_a_case = read what was told of a case
doing-read_when_a_case_changed = read when a case changed
doing-read_when_a_round_was = read when a round was
doing-read_when_a_source_was_delivered_to = read when a source was delivered to
doing-read_when_a_source_was_not_read = read when a source was not read
doing-read_when_a_source_was_watched = read when a source was watched
doing-read_when_cases_began = read when cases began
doing-read_when_sources_brought_something = read when sources brought something
doing-read_where_a_number_stands = read where a number stands
doing-read_where_items_come_from = read where items come from
doing-read_whether_a_source_is_doubted = read whether a source is doubted
doing-read_whether_a_source_was_read = read whether a source was read
doing-read_whether_the_clock_is_held = read whether the clock is held
doing-read_which_addresses_are_suspended = read which addresses are suspended
doing-read_which_cards_are_not_answered = read which cards are not answered
doing-read_which_cases_stand_in_which_files = read which cases stand in which files
doing-read_which_clocks_stopped = read which clocks stopped
doing-read_which_files_could_not_be_read = read which files could not be read
doing-read_which_items_came_and_left = read which items came and left
doing-read_which_rows_are_the_same = read which rows are the same
doing-read_which_sources_are_dark = read which sources are dark
doing-read_which_sources_are_doubted = read which sources are doubted
doing-read_which_sources_nothing_was_delivered_to = read which sources nothing was delivered to
doing-read_which_sources_were_never_read = read which sources were never read
doing-read_who_confirmed_the_clock = read who confirmed the clock
doing-remind_of_unanswered_cards = remind of unanswered cards
doing-remind_of_what_waits_for_a_decision = remind of what waits for a decision
doing-restore_an_address = restore an address
doing-settle_a_letter = settle a letter
doing-settle_orders_to_finish = settle orders to finish
doing-settle_which_rows_are_the_same = settle which rows are the same
doing-settle_which_rows_have_moved = settle which rows have moved
doing-take_in_a_trace = take in a trace
doing-take_in_evidence = take in evidence
doing-take_in_that_a_trace_is_gone = take in that a trace is gone
doing-take_in_what_a_source_said = take in what a source said
doing-take_over_what_judges = take over what judges
doing-tell_apart_rows_of_one_number = tell apart rows of one number
doing-write_the_ledger_anew = write the ledger anew
kept-a_card = a card
kept-a_day = a day
kept-a_findings_standing = a finding's standing
kept-a_kind_of_trace = a kind of trace
kept-a_limit = a limit
kept-a_moment = a moment
kept-a_records_dates = a record's dates
kept-a_role = a role
kept-a_step_of_a_change_of_what_judges = a step of a change of what judges
kept-an_amount = an amount
kept-an_events_number = an event's number
kept-an_extension = an extension
kept-an_instant = an instant
kept-an_outcome = an outcome
kept-how_a_case_ended = how a case ended
kept-in_which_capacities_an_address_was_told = in which capacities an address was told
kept-the_end_of_a_case = the end of a case
kept-the_number_of_a_case = the number of a case
kept-the_place_of_a_time = the place of a time
kept-what_a_due_day_is_made_of = what a due day is made of

## ledger_remedy: what to try then

ledger_remedy-full = free space on the disk; nothing was lost, the next round goes on
ledger_remedy-busy = another process holds the ledger for writing: is a second jianchad running?
ledger_remedy-read_only = let the service user write to the ledger's file and folder
ledger_remedy-not_opened = check that the folder exists and the service user may write to it
ledger_remedy-foreign = let the key `ledger` name a file of its own
ledger_remedy-newer = run the jianchad that wrote it, or a later one
ledger_remedy-older = start the daemon of this version, or run `jianchad once`: it brings the ledger up to date
ledger_remedy-held = let the daemon do it (`systemctl reload jianchad` starts a round), or stop it first
ledger_remedy-not_locked = check that the folder exists on a local disk and the service user may write to it
ledger_remedy-moved = put the file back, or its last copy; to begin a new ledger instead, restart the service
ledger_remedy-not_read = let an administrator add the login to the group jianchad (`usermod -aG jianchad NAME`), and log in again
ledger_remedy-not_written = enter it as the daemon's user (`sudo -u jianchad jianchad …`), for which the login has to be in the group jianchad-supervisor
ledger_remedy-absent = run `jianchad once` or start the daemon; it makes the ledger
ledger_remedy-failed = run `sqlite3 LEDGER 'pragma integrity_check'` and look at the disk's health
ledger_remedy-garbled = restore the ledger from its last copy, and report this

## failure: how a command that failed says so

failure-head = jianchad:{" "}
failure-because = because{" "}
failure-try = try:{" "}
failure-line_because = :{" "}
failure-line_try = ;{" "}try:{" "}
failure-config = the configuration `{ $file }` cannot be used
failure-config_remedy = `jianchad check-config --config { $file }` shows every mistake until none is left
failure-config_not_read = this login may not read the configuration `{ $file }`
failure-sender = the sender of all letters cannot be used; set it to an address like jiancha@example.gov.cn
failure-reply_to = the reply-to address of all letters cannot be used; set it to an address like jiancha@example.gov.cn
failure-hello = { $hello } is no name to introduce ourselves to a mail server with; set hello to this machine's name
failure-panicked = a round broke off by a fault of jianchad itself: { $said }
failure-panicked_remedy = the journal has the place; send it to whoever looks after jianchad
failure-copy_unread = its copy `{ $file }` cannot be read: { $why }
failure-copy_damaged = its copy `{ $file }` is damaged, or of another version
failure-copy_other = its copy `{ $file }` is of another ledger
failure-copy_unusable = its copy `{ $file }` is no configuration any more
failure-demo_remedy = look at the disk the demo is written to
failure-address = { $address } is no mail address ({ $words }); correct it where contacts are kept
failure-media_type = attachment { $name } has the media type { $media_type }, which cannot be read
failure-message_id = { $message_id } is no Message-ID: it must be ASCII and look like key@host
failure-headers = the letter's headers do not make a message ({ $words })

## smtp: what came of handing a letter over

smtp-failed = { $doing }: { $happened }
smtp-failed_try = { $doing }: { $happened }; { $remedy }
smtp-and = ; and{" "}
smtp-connect = connecting to { $server }
smtp-encrypt = agreeing with { $server } on encryption
smtp-greeting = waiting for the greeting of { $server }
smtp-hello = introducing ourselves to { $server } as { $name }
smtp-start_tls = asking { $server } for encryption
smtp-login_as = logging in to { $server } as { $user }
smtp-login = logging in to { $server }
smtp-reset = beginning the next letter at { $server }
smtp-from = naming the sender to { $server }
smtp-to = naming the recipient { $recipient } to { $server }
smtp-data = announcing the letter for { $recipient } to { $server }
smtp-letter = handing the letter for { $recipient } to { $server }
smtp-receipt = waiting for { $server } to confirm the letter for { $recipient }
smtp-answered = it answered { $reply }
smtp-large = the letter has { $size } bytes and the server takes { $most } (SIZE)
smtp-mute = nothing came of it within { $time }
smtp-closed = the server closed the connection
smtp-no_handshake = { $why }
smtp-endless = its answer has no end
smtp-no_answer = its answer { $answer } is none of this protocol
smtp-unasked = it spoke before it was asked, so its answers cannot be told apart
smtp-no_encryption = it offers none, and nothing is said in the clear; see whether it has a port for encryption from the first byte (tls = implicit, port 465), or whether something on the way removes the offer
smtp-tampered = more came in the clear after it agreed, as if somebody on the way were tampering; nothing of it was believed and the connection was closed
smtp-foreign_sender = the sender's address is not ASCII and the server takes no such (SMTPUTF8); give another
smtp-foreign_recipient = the recipient's address is not ASCII and the server takes no such (SMTPUTF8); give another
smtp-open_line = the password is not sent over a line that anybody can read; set tls to starttls or implicit
smtp-no_login = user and password make no login
smtp-login_not_offered = it offers no login; see whether it wants encryption first (tls), or leave the login out
smtp-other_login = it offers { $offered } and we are to use { $wanted }; set mechanism to one it offers
smtp-password_missing = the password file { $file } cannot be read, as it is not there: put the password of the mail account into it, or name another as `password_file`
smtp-password_unread = the password file { $file } cannot be read ({ $why }); give it to the user of jianchad
smtp-password_garbled = the password file { $file } is not UTF-8; write it anew
smtp-password_empty = the password file { $file } is empty; write the password into it
smtp-ca_unread = the authority's certificate cannot be read from { $file } ({ $why }); give ca_file the path of a PEM file that the user of jianchad may read
smtp-ca_empty = { $file } holds no certificate that can stand for an authority; give ca_file the PEM file of the authority that signed the server's certificate
smtp-no_authorities = this system knows no certificate authorities; install the package ca-certificates or set ca_file
smtp-no_name = { $host } is no name a certificate can show; set host to the server's name
smtp-unwritable = the letter cannot be written: { $why }
smtp-not_written = the letter could not be written to { $file }: { $why }; { $remedy }
smtp-try_shorter = a shorter letter takes its place
smtp-try_port = see whether host and port are those of a mail server
smtp-try_host = see whether host and port are right and whether a firewall stands between
smtp-try_implicit = see whether the server expects encryption from the first byte (tls = implicit)
smtp-try_starttls = see whether the server expects encryption only on request (tls = starttls)
smtp-try_log = see the server's log
smtp-try_closing = the server is closing or limits us, the letters wait
smtp-try_login = check user, password file and mechanism, the letters wait
smtp-try_sender = set the sender to an address that this login may send as, the letters wait
smtp-try_wants_login = check whether the server wants a login, the letters wait
smtp-try_address = correct the address where contacts are kept, or let the server accept it
smtp-try_ask = ask the server's administrator why; the letter is not sent again
smtp-try_waits = this letter waits
smtp-put_off = put off on { $days } days, on which others got their letters: { $why }
smtp-try_all_wait = the letters wait
smtp-try_person = it may have arrived and is not sent again; if it has not, run jianchad mail retry { $letter }
smtp-try_server = ask the administrator of the mail server; the letter waits and leaves by itself, and the contacts need no change
smtp-try_again = it may have arrived and is sent again under the same Message-ID
smtp-try_authority = no authority known here signed its certificate: set ca_file to the authority's PEM file
smtp-try_other_name = its certificate is for another name: set host to the name that stands in it
smtp-try_renew = its certificate is not valid today: have it renewed, or set this machine's clock
smtp-try_certificate = have the server's certificate replaced
smtp-try_no_tls = it seems not to speak TLS here: tls = starttls goes with port 587 or 25, implicit with port 465
smtp-try_versions = the server must offer TLS 1.2 or 1.3
smtp-try_room = make room on that disk, the letter waits
smtp-try_right = give the user that jianchad runs as the right to write there
smtp-try_mount_writing = the file system is mounted read-only: mount it for writing, or name another folder
smtp-try_folder = create the folder, or mount what should lie there
smtp-try_no_file = the path names a file: name a folder
smtp-try_see = see to the folder, the letter waits

## tried: what came of an attempt, in a word

tried-sent = sent: { $said }
tried-try_later = try later: { $said }
tried-uncertain = uncertain: { $said }
tried-too_large = too large: { $said }
tried-refused = refused: { $said }
tried-refused_alike = refused alike: { $said }

## page: what is wrong with a page of one's own

page-line = line { $line }: { $what }
page-syntax = { $words }
page-undefined = { $words }
page-unknown = { $words }
page-not_found = { $words }
page-endless = { $words }
page-other = { $words }

## journal: what the service writes into the journal and beside its state

journal-ledger_awaited = waits for its ledger:
journal-ledger_awaited_status = waits for its ledger, nothing is supervised: { $why }
journal-config_stays = the configuration in force stays:
journal-config_read = the configuration was read again
journal-abandoned = the running round did not reach a safe point in time and is abandoned; the next one takes it up
journal-round_failed = a round failed; nothing was lost, the next one begins again:
journal-round_failed_status = the last round failed: { $why }
journal-round = { $rows } rows, { $judged } cases judged, { $raised } findings raised, { $escalated } escalated, { $letters } letters
journal-next_round = { $round }; next round { $at }
journal-being_read = `{ $source }` is being read since { $since }, { $rows } rows so far
journal-letters_wait = { $letters } letters wait to be sent
journal-clock_stepped = the machine's clock stepped and is not believed: `jianchad status` says what to do
journal-mail_held = letters on cases wait until somebody says that the ledger is the right one: `jianchad status` says what to do
journal-change_waits = a change of what judges waits for `jianchad adopt`
journal-reload_refused = reload refused, the configuration of before stays in force: { $why }
journal-round_runs = a round is running
journal-letters_sent = letters are being sent
journal-stopping = stopping
journal-stopping_safely = stopping: the running round comes to a safe point
journal-no_mail_folder = cannot make the folder for letters `{ $folder }`, letters wait: { $why }
journal-page = a page of your own cannot be used, and the shipped one stands in for it: { $why }
journal-refused_alike = the mail server refuses several addresses alike: none of them is given up, all letters to them wait
journal-takes_no_size = the mail server takes not even the shortest form of a letter: nothing is given up, the letter waits and is tried again; have the server's limit of size (message_size_limit, SIZE) and its free space looked at
journal-letters_held = letters wait: { $why }
journal-ended_reading = the program ended while it was being read: the others come first
journal-long_reading = a long reading is over
journal-doubted = the source is doubted: { $why }
journal-doubted_no_more = the source is doubted no more
journal-changed = what judges was changed
journal-changed_so = what judges was changed: { $effect }
journal-change_held = a change of what judges waits for `jianchad adopt`, and until then the old one judges: { $effect }
journal-change_stops = a change of what judges waits for `jianchad adopt`, and until then nothing is judged: { $effect }
journal-change_gone = the configuration is the one in force again; nothing waits any more
adopted-first_start = first start
adopted-within_bound = within review_above
adopted-above_bound = more than review_above
adopted-taken_back = the configuration went back
journal-clock_held = the machine's clock shows { $now }, and the last round was at { $last }: nothing is judged or sent until it is put right, records of that day come (of three cases, and of half of the working days in between), or `jianchad time accept` confirms it
journal-clock_ahead = the last round was { $days } days ahead of the machine's clock; { $cases } cases are judged anew
journal-clock_back = the clock was set back by { $seconds } s; until it has caught up the last round's time holds
journal-clock_unasked = cannot be asked whether the clock is right: { $why }
journal-alike_number = another case has this number in another spelling: both are counted
journal-not_noted = cannot note which ledger is used in the file `{ $file }`: { $why }; the round goes on, but another ledger in its place would be told as one that nobody knows; try: free space, or let the service user write to the folder
journal-no_monotonic = cannot read the monotonic clock for the service manager: { $why }
journal-no_manager = cannot reach the service manager: { $why }
journal-config_not_kept = cannot keep a copy of the configuration beside the ledger `{ $ledger }`: { $why }; while a file has a mistake, commands will end with 78
journal-run_not_noted = cannot note beside the ledger how the service runs: { $why }; how it ends may not be told
journal-last_run = the last run, which began { $began }, was not stopped: { $cause } { $why }
journal-end_untold = how the last run ended cannot be told by mail yet: { $why }
## config: what is wrong with the configuration, the registry, a calendar or the statutes

config-warning = { "warning: " }
config-colon = { ": " }
config-mistakes = { $count ->
    [one] { $count } mistake
   *[other] { $count } mistakes
 }
config-not_utf8 = these bytes are not UTF-8: save the file as UTF-8 (one in GB18030 or GBK: iconv -f GB18030 -t UTF-8)
config-unread = cannot be read: { $why }
config-poll_every = must be from 10s to 1d
config-the_ledger = the ledger
config-may_read = read
config-may_write = write
config-may_both = read and write
config-open_to_all = everybody on this machine can { $may } { $what } `{ $path }`: chmod { $mode }
config-must_be = this must be { $wanted }, and is { $is }
config-want_text = a text in quotes
config-missing = this key is missing
config-want_truth = true or false
config-want_number = a whole number from 0 on
config-want_day = a day such as 2011-09-01
config-want_texts = a text or a list of texts
config-want_table = a table
config-want_tables = a table of tables
config-be_table = this must be a table
config-want_list = a list of tables ([[{ $key }]])
config-step_dues = due days of steps stand in rows that speak of their case: give the read its `item`, or name them in the read that has it
config-no_step = there is no step `{ $step }` that any row could tell of, so no case would ever do it: a step goes by its stage, as the catalogue or `stage_is` has it, or by the word of a kind of trace; { $hint }
config-page_wrong = { $name }: { $words }
config-page_unread = { $name }: { $why }
config-page_markup = a page shows what stands in a record as markup: leave the escaping alone
config-retention = must be years from `1y` to `100y`, or `never`
config-schema_is_database = here a schema is a database: name it as `database`
config-no_key_meant = there is no such key; did you mean `{ $known }`?
config-no_key = there is no such key; here stand { $known }
config-is_string = string
config-is_integer = integer
config-is_float = float
config-is_boolean = boolean
config-is_datetime = datetime
config-is_array = array
config-is_table = table
config-there_are = there are { $known }
config-meant = did you mean `{ $known }`?
config-want_table_of_texts = a table of texts
config-be_text = this must be a text in quotes
config-want_table_of_lists = a table of lists of texts
config-be_texts = this must be a list of texts
config-closed_for = from { $day } on, for more than { $days } days, no day has two office hours between 06:00 and 22:00; no holiday is as long, and cards are mailed in office hours alone: leave two hours by day on some of these days
config-never_worked = `{ $days }` is no working day in any calendar, so its hours open nothing: whether a day is worked is said by an overlay of the calendar ([calendar] or [[calendar.local]], `worked = [...]`)
config-no_rule_of = there is no such rule; there are { $known }
config-card_by_table = this rule takes its card from the card table ([cards])
config-within = only late-entry and special-misuse allow a length of time
config-fields = only required-field requires fields
config-calendar_days = must be a number of calendar days, such as { $such }
config-time_of_day = must be a time of day such as 08:30
config-length = must be a length such as 5wd
config-working_days = must be a number of working days, such as { $such }
config-pause_at_most = must not be shorter than `pause_limit`, which is { $limit }
config-was_there = there is a source `{ $name }`: only the name of one that is gone can be carried over
config-was_already = source `{ $other }` was `{ $name }` already
config-reads_nothing = the source reads nothing: add [[source.{ $name }.read]], [[source.{ $name }.evidence]] or a profile
config-no_kind = there is no kind of source `{ $kind }`; there are { $known }
config-delivers = must be "live" (read as it grows) or "batch" (a drop of files, a nightly exchange)
config-a_second = must be at least a second, such as 2min
config-of_database = only a database has this key
config-cell_at_most = must be at least 200 bytes, as a case number may have so many
config-of_batch = only a source with `delivers = "batch"` has this key
config-sweep_at = must be a time of day such as 02:00, or never
config-no_date = no read brings the date `{ $name }`: add it to `dates` of a read
config-folder_or_smtp = give `folder` or [mail.smtp], not both
config-the_letters = the folder of letters
config-relay_after = [[mail.relay]] comes after [mail.smtp], which is the first server to be tried
config-the_key = the key
config-of_file = `{ $file }` { $why }
config-from_1 = must be a number from 1 on
config-in_the_clear = mails must not cross a network in the clear: use starttls or implicit
config-port = must be from 1 to 65535
config-timeout = must be from 1s to 5m
config-without_password = there is a user and no password for it: put it into { $file }, which only root need be able to read
config-no_password = no password stands in this file: put it into a file of its own and name it as `password_file`
config-tls = must be "starttls", "implicit" or "none"
config-mechanism = must be "plain", "login" or "xoauth2"
config-the_password = the password
config-cannot_read = cannot read `{ $file }`: { $why }
config-no_rule = there is no rule `{ $rule }`
config-no_unit = there is no unit `{ $code }`
config-no_region = there is no region `{ $code }`
config-no_item = there is no item `{ $code }`
config-no_preset = there is no preset `{ $name }`; there are { $known }
config-no_card = the clock `{ $id }` gives no card: write cards = [{"{"} card = "yellow", when = "passed" {"}"}] here or a [[cards.line]] for it, or cards = "none" if it is only to be shown
config-cards_twice = the clock `{ $id }` says itself which cards it gives; say it in one place
config-keeper_other = somebody else must keep this limit: it gives the unit no card
config-no_clock = there is no clock `{ $id }`; { $hint }
config-column_or_always = give `{ $column }` (a column) or `{ $always }` (the same for all rows), not both
config-of_files = only a source of files has this key
config-of_csv = only a source of CSV files has this key
config-of_tables = only a source of CSV files or workbooks has this key
config-of_book = only a source of workbooks (`kind = "xlsx"`) has this key
config-log_encoding = an event log names its encoding itself
config-csv_encoding = the encoding of a CSV file is told by its bytes
config-book_encoding = a workbook names its encoding itself
config-delimiter = must be a single character such as "," or "\t"
config-header_row = must be the number of a row from 1 to 100
config-no_encoding = there is no encoding of this name: write "gb18030", "gbk" or "big5"
config-unused_column = this read does not use the column `{ $column }`
config-no_case_column = `case` names no column
config-unit_from_file = say once by {"{"}unit{"}"} where in the file's name the unit's code stands, such as "{"{"}unit{"}"}_*.csv"
config-needs_item = `unit_is` and `unit_from_file` need an `item` (or `item_is`): this read carries no cases of its own
config-codes_of_profile = these codes belong to a profile; a read has its own
config-no_profile = there is no such profile; there are { $known }
config-profile_of_files = a profile maps the tables of a database, and this source reads files
config-profile_column = the profile `{ $profile }` reads no code from this column
config-no_watermark = a source of files has no watermark: a changed file is read again
config-shape = must be "wide" (a row is a case) or "long" (a row is an event)
config-wide_key = a wide row is known by its case number; only a long read has a key
config-watermark_kind = no kind of watermark `{ $kind }`; there are { $known }
config-kind_of_none = it says what the column of `watermark` holds, and there is none
config-no_rowversion = only a PostgreSQL server says which transactions are still under way: use watermark_kind = "sequence"
config-unsortable = the times of this read do not sort as text (%d/%m/%Y and the like): leave `watermark` out
config-no_item_at_all = no read of this source says which item a case is of (`item` or `item_is`): it would have no case that can be judged. What happens to the cases of another source is read by a further `read` of that source, as cases are known within their source alone
config-says_nothing = this read gives neither `traces` nor an `item`: it would say nothing
config-gone_codes = say by which codes a row is deleted: gone_codes = ["D"]
config-match = must be "number" (the key is the case's number) or a kind of trace that carries it as its note, such as "accepted" or "charged"
config-no_tables = a source of files has no tables: leave this key out
config-table_or_query = give `table` or `query`, not both
config-no_table = give the `table` (or the `query`) to read
config-host = must be a name or address, or one with a port: db1, db1:5433, [2001:db8::1]:5433
config-program_path = a program has no path: name it in `command`
config-no_command = name the program and its arguments, as in `["/usr/lib/jianchad/readers/database.py", "oracle", "--dsn", "10.1.2.6/HALL"]`
config-no_program = { $path } is not there (yet); the source is dark until it is
config-untrusted = { $path } would not be run: { $why }
config-mebibytes = must be from { $least } to { $most } MiB
config-secret_argument = everybody on the machine sees the arguments of a program: hand a password over by `credentials`
config-secret_variable = hand a password over by `credentials`, and let the program read it from its standard input: this file is no place for it
config-variable = must be a name of letters, digits and _ with a text
config-own_variable = { $name } is set for every program and cannot be set here
config-server_path = a database server has no path: name its `host` and `database`
config-say_something = must say something
config-seconds = must be from { $least }s to { $most }s
config-tls_off = what is asked and answered crosses the network in the clear: whoever listens on the way reads along
config-no_certificate = without TLS nobody shows a certificate: leave this key out
config-server_tls = must be "require" or "off"
config-server_password = no password stands in this file: write "credential:NAME" (LoadCredential of the unit) or "file:PATH"
config-times = must be iso, epoch-s, epoch-ms, excel, excel-1904, or a pattern such as %Y/%m/%d %H:%M
config-per_row = in a wide read every trace belongs to the case
config-per = must be "row" or "case"
config-resumes = must be "any", on a trace that may be `paused`: whatever comes next of the case ends it
config-outcomes = these codes belong to a column: say which with `outcome`
config-kind_twice = give `kind` or `kind_from`, not both
config-codes = say what the codes mean: codes = {"{"} 1 = "accepted", … {"}"}
config-zone_column = this read takes no time from the column `{ $column }`
config-zone = must be a zone such as "UTC" or "Asia/Shanghai"
config-two_clocks = there are two clocks `{ $id }`
config-no_clause = there is no clock `{ $id }` whose clause could be meant; { $hint }
config-no_shipped = there is no shipped clock `{ $id }` to switch off; { $hint }
config-off_alone = a clock that is off has an id and nothing else
config-law_lists = `jianchad law` lists them
config-no_statute = there is no rule `{ $rule }` in the statutes; { $hint }
config-keeper = this limit is one that { $keeper } ({ $zh }) must keep: it gives the unit no card
config-no_category = no item is of the category `{ $category }`; there are { $known }
config-cards = write "none", or cards = [{"{"} card = "yellow", when = "passed" {"}"}]
config-limit_beside_law = beside `law` this can only be promised or statutory: the item's own limit in the place of the law's
config-basis_of_law = the clause of a clock by the law is the law's: it can only be another with `limit`
config-counted_back = only working days, calendar days, months and years can be counted back from an event
config-no_extension = `extension` is missing: what is added where the clause of that clock gives nothing
config-statutes_unread = the statutes cannot be read: { $why }
config-no_toml = there is no .toml file in this folder
config-rule_twice = there is a rule of this id already
config-grade = this must be A (whole text read), B (an excerpt read) or C (not seen)
config-in_english = write it in English too, as `{ $key }`
config-in_chinese = write it in Chinese too, as `{ $key }`
config-no_marks = `{ $key }` must name at least one trace
config-no_valid_from = `valid_from` is missing: the first day in force, such as 2004-07-01
config-ends_first = the last day in force lies before the first
config-no_source = `source` is missing: where the text was read
config-no_limit = `limit` is missing or no limit of a law: write 20wd, 60d, 3mo, same-day, date:NAME or granted
config-no_pauses = it names no `pauses` to which this clause belongs
config-other_unit = it cannot be added to { $limit }: another unit
config-no_approver = `extension_approver` is missing: who may grant it
config-pause_times = `{ $text }` must be a cause, a number of days and the clause, such as `听证 20wd 第四十七条第一款`
config-days = must be a number of days, such as 15wd or 30d
config-folder_unread = cannot read the folder `{ $folder }`: { $why }
config-no_page = `{ $name }` is no page of a letter; there are { $known }
config-unregistered_region = there is no region `{ $code }` in the registry
config-unregistered_unit = there is no unit `{ $code }` in the registry
config-unregistered_item = there is no item `{ $code }` in the registry
config-overlay_for = name the `regions`, `units` or `items` it is for; for all, use `overlays`
config-in_line = line { $line }: { $message }
config-calendar_unread = the calendar file { $file } cannot be read: { $why }
config-year_twice = the year { $year } stands here and in line { $first }: keep one
config-plain_overlay = `plain` belongs to a calendar, not to an overlay
config-no_notice = the notice of { $next } is missing: without it { $year } cannot be counted
config-year_lacks = the year { $year } has no `{ $key }`: say which notice fixed it and where
config-no_years = `{ $text }` is no span of years: write it as 2010/2012
config-no_public_holidays = the year { $year } has no `public_holidays`: 11 for 2008 to 2024, 13 from 2025
config-unbalanced = the year { $year } lists { $off } weekdays off and { $worked } days worked in exchange, which leaves { $leaves }, but { $owed } public holidays: compare the dates with the notice
config-no_weekend = { $date } is no weekend day, so it cannot be a make-up day
config-day_twice = { $date } is listed here and in line { $first }: keep one
config-no_day = `{ $text }` is no date: write a day that exists as 2011-10-01
config-span = the span { $span } ends before it begins
config-other_year = { $span } does not belong to the year { $year } or the December before
config-no_year = the calendar names no year: add a [[year]] block, or plain = "2010/2012"
config-years = years lie between { $first } and { $last }
config-year_gap = the year { $year } is missing between { $first } and { $last }: add its notice
config-no_text = these bytes are neither UTF-8 nor GB18030: save the file as UTF-8
config-no_csv = { $words }
config-save_as_csv = { $what }; the registry is read as CSV: save the file as CSV (UTF-8)
config-kind_workbook = this is a workbook of Excel or another file of Office or ZIP under this name
config-kind_sqlite = this is an SQLite database under this name
config-kind_utf16 = this is text in UTF-16 (the "Unicode text" of Excel)
config-kind_empty = the file is empty: not even the names of its columns stand there
config-unknown_column = this column is not known and is left out
config-unknown_column_meant = this column is not known and is left out; the file has no column `{ $column }`: is that meant?
config-column_misspelt = this column is not known, and the file has no column `{ $column }`: if that is meant, correct the name; if it is something else, give it a name that is less alike
config-no_column = the file has no such column, and every row needs it
config-no_column_meant = the file has no such column, and every row needs it; is it meant by `{ $header }`?
config-hinted = { $what }; { $hint }
config-column_twice = this column stands twice
config-cells = { $cells } cells, and the header has { $columns }
config-fill_in = this must be filled in
config-yes_or_no = `{ $text }` is neither yes (是) nor no (否)
config-service_centre = a township either has a service centre or not: yes (是) or no (否)
config-code_twice = the code `{ $code }` stands twice
config-circle = the region `{ $code }` stands above itself
config-until_before = { $until } lies before { $from }
config-no_contact = `{ $address }` is no contact of this list
config-other_capitals = `{ $address }` differs from `{ $before }` only in capitals: it is taken for the same address, and gets one letter
config-foreign_address = `{ $address }` holds other letters than ASCII, which only servers with SMTPUTF8 take: a name belongs into the column of names
config-nobody_told = nobody can be told of the cards of `{ $code }` ({ $name })
config-no_admin = there is no admin: nobody would learn that a source is dark or mail does not leave
config-overlap = begins before the version until { $until } has ended
config-no_end = and the one before it has no last day (有效期止)
config-no_beginning = and it has no first day (有效期起)
config-versions = the code `{ $code }` stands twice, { $why }: versions of one item need consecutive days of validity (有效期起, 有效期止)
config-item_ends = the item ends on { $until }, before it begins on { $from }
config-stages_sum = the stages take { $sum } together, more than the promised { $promised }
config-no_limits = the catalogue gives no limit at all: only what the law says of such matters can be late, if it says anything
config-promised_longer = the promised { $own } is longer than the statutory { $law }
config-incomparable = the promised { $own } cannot be compared with the statutory { $law }
config-exempt_by = an exemption needs the name of who granted it
config-exempt_reason = an exemption needs its reason
config-exempt_both = an exemption needs its reason and who granted it
cause-toml_twice = { $words }
cause-toml_heading = { $words }
cause-toml_bracket = { $words }
cause-toml_comma = { $words }
cause-toml_value = { $words }
cause-toml_assignment = { $words }
cause-toml_bare_key = { $words }
cause-toml_quote = { $words }
cause-toml_number = { $words }
cause-toml_type = { $words }
cause-toml_unknown = { $words }
cause-toml_absent = { $words }
cause-toml = { $words }
cause-no_duration = { $words }
cause-no_day = { $words }
cause-no_zone = { $words }

## wrong: why a value is none

wrong-word = { $word } ({ $zh })
wrong-no_word = `{ $text }` is none of { $known }
wrong-season = `{ $text }` is no season: write it as 06-01/09-30
wrong-hours = `{ $text }` are no office hours: write them as 09:00-12:00,13:00-17:00, within one day
wrong-weekday = `{ $text }` is no day of the week: write it as Fri, Mon-Thu or 周五
wrong-hours_first = `{ $text }`: the usual office hours come first, and they are not closed
wrong-hours_share = `{ $one }` and `{ $other }` of the office hours share days: `{ $text }`
wrong-hours_never = `{ $text }`: the office never opens from Monday to Friday
wrong-cards = `{ $text }` is no number of cards: write "5", "5%", or "5 or 5%" for whichever is more
wrong-cases = `{ $text }` is no number of cases: write "2", "10%", or "2 or 10%" for whichever is more
wrong-limit = `{ $text }` is no limit: write an amount with its unit, such as 20wd (working days), 60d (calendar days), 2mo, 1y, 24oh (office hours), 30om (minutes of them), 0.5wd (half a day of them), 24h (by the clock), or same-day, or date:NAME
wrong-limit_amount = `{ $text }`: the amount of a limit lies between 1 and 9999
wrong-period = `{ $text }` is no period: write 2011-10, 2011-10-08 or 2011-10-01..2011-10-15
wrong-no_outcome = `{ $kind }` is no end of a case, and has no outcome
wrong-field = `{ $text }` is no field of a trace: write it as decided.by
wrong-kind = `{ $text }` is no kind of trace; there are { $known }
wrong-stage = `{ $text }` names no stage
wrong-stage_length = the limit of the stage `{ $name }` must be a length
wrong-stage_limit = the stage `{ $name }`: { $why }
wrong-mark = { $why }, step:NAME, paused:NAME, resumed:NAME, or date:NAME
wrong-threshold = `{ $text }` is no moment of a clock: write -2wd, passed, +3wd (working days) or 90%
wrong-follows_none = it follows `{ $earlier }`, which is not here
wrong-two_follow = `{ $other }` follows `{ $earlier }` already: a rule has one successor
wrong-follows_endless = it follows `{ $earlier }`, which has no last day: give that one its valid_to
wrong-overlaps = it overlaps `{ $earlier }`, which is in force until { $last }
wrong-versions_gap = between it and `{ $earlier }` no version is in force, from { $from } to { $to }
wrong-no_key = is no private key in PEM: { $words }
wrong-other_key = is neither an Ed25519 key nor an RSA key of 2048 bits or more ({ $words })
wrong-no_address = `{ $text }` is no mail address: write it as name@example.gov.cn
wrong-no_domain = `{ $domain }` in `{ $text }` is no domain: write the address as name@example.gov.cn
wrong-two_addresses = `{ $text }` names one address before the brackets and another in them: leave one, or separate them by `;`
wrong-several_addresses = `{ $text }` holds { $count } mail addresses, and only one can stand here
wrong-day_outside = { $date } lies outside the calendar, which reaches from 1970-01-01 to 2199-12-31
wrong-leads_outside = the count leads out of the calendar, which reaches from 1970-01-01 to 2199-12-31
wrong-no_hours = office hours need at least one span, such as 09:00-12:00
wrong-hours_end = the office hours { $opens }-{ $closes } end before they begin
wrong-hours_overlap = office hours overlap: one span ends at { $first }, the next begins at { $second }
wrong-days_of_hours = `{ $text }` names no days with office hours: write them as Fri 09:00-12:00, 2011-10-14 09:00-12:00 or 06-01/09-30 09:00-12:00,15:00-18:00
wrong-days_backwards = `{ $days }`: the last day lies before the first
wrong-silence_all = it would silence everything: name a unit, an item, a rule or a case
wrong-silence_until = it must end between today and { $last }: { $days } days at most
wrong-other_unit = the limit { $limit } cannot be extended by { $extension }: give both in the same unit
wrong-pause_ends = the pause from { $from } to { $to } ends before it begins
wrong-not_back = the limit { $limit } cannot be counted back from an event: use working days, calendar days, months or years
wrong-not_in_force = `{ $id }` was not in force on { $day }: it is { $span }
wrong-in_force_from_to = in force from { $from } to { $to }
wrong-in_force_since = in force since { $from }
wrong-record_date = the limit date:{ $name } is a date of the record and cannot be counted: look the date up first

## words of states and ways

mail-state_queued = queued
mail-state_sent = sent
mail-state_refused = refused
source_state-ok = ok
source_state-dark = dark
source_state-incomplete = incomplete
source_state-suspect = suspect
source_state-overdue = overdue
source_state-unread = unread
source_state-removed = removed
mail-way_folder = folder { $path }
mail-way_clear = { $server } (not encrypted)
list-else = { ", else " }

## usage: mistakes of the command line, and the words around help

usage-no_value = { $name } needs a value
usage-known = one of { $known }
usage-value = { $value } for { $name }: { $why }
usage-unknown = there is no { $name }
usage-no_command = there is no command { $name }
usage-command = a command is missing
usage-missing = { $names } is missing
usage-twice = { $name } stands twice
usage-conflict = { $name } cannot stand beside { $other }
usage-count = { $name } has another number of values
usage-equals = { $name } needs an equals sign
usage-utf8 = an argument is not UTF-8
usage-other = { $words }
usage-reason = { $words }
cause-no_number = { $words }
usage-failed = error: { $what }
usage-meant = did you mean { $name }?
usage-more = more by --help
help_word-help_command = Print this message or the help of the given subcommand(s)
help_word-help_more = Print help (see more with '--help')
help_word-help_less = Print help (see a summary with '-h')
help_word-help = Print help
help_word-version = Print version
help_word-usage = Usage:
help_word-commands = Commands:
help_word-arguments = Arguments:
help_word-options = Options:
help_word-default = {"[default: "}
help_word-environment = {"[env: "}
help_word-aliases = {"[aliases: "}
usage-written = Usage: { $usage }
man-name = NAME
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-options = OPTIONS
man-commands = SUBCOMMANDS
man-extra = EXTRA
man-version = VERSION
man-help_less = Print help (see a summary with \*(Aq\-h\*(Aq)
man-help_more = Print help (see more with \*(Aq\-\-help\*(Aq)
help_word-man = man pages are in { $folder }
help_word-one_of_these = {" "}(one of { $known })

## help: of every command and argument

help-jianchad-after = Exit codes: 0 done; 1 done in part (a bad row, a letter not taken), or something wants attention (once, status); 2 wrong usage; 66 not found; 70 an error of jianchad's own; 74 disk, database or network failed; 77 not allowed; 78 the configuration is wrong.
help-adopt = A change of what judges that would move many cards: shows it, or puts it in force
help-adopt-backdated = Versions of the catalogue that are dated back: have them hold for the cases met before them too
help-adopt-show = Only show what waits, as without --by
help-adopt-why = Why
help-any-by = Who does it
help-any-calendar = A calendar file that replaces the built-in one (mainland China, 2004 to 2026)
help-any-config = The configuration file
help-any-excel = As CSV for Excel: with a byte order mark, and numbers of more than eleven digits as texts
help-any-finding = Number of the finding, as `jianchad card review` and `jianchad findings` show it
help-any-format = How to show it
help-any-lang = Language: zh-CN or en; by default that of the terminal's locale, and where that says none (C, POSIX) `language` of the configuration
help-any-letter = Number of the letter
help-any-overlay = A file of local holidays, closures or extra service days, laid over the calendar; may be repeated
help-any-rule = Only this rule, by id
help-any-statutes = A folder of statute files in place of the built-in ones
help-any-why = Why; of an answer or objection, its words or where they are kept
help-any-wide = Every column of a table, each row on one line, however wide the terminal is
help-any-yes = Does not ask whether it is meant; nobody is asked where the input is no terminal
help-calendar = The working days of a year or a month
help-calendar-format = How to print
help-calendar-period = A year (2011) or a month (2011-10)
help-calendar_check = Check a calendar file, or one to be laid over a calendar, and say every mistake at once
help-calendar_check-file = The file
help-calendar_check-over = It is to be laid over the built-in calendar, or over this one: a new year's notice, a local holiday
help-calendar_load = Show which open cases a calendar file moves and which cards come and go, and then put it in force
help-calendar_load-by = Who puts it in force; by default whoever is logged in
help-calendar_load-file = The file: a year's notice, a local holiday, a closure, to be laid over the calendar
help-calendar_load-why = Why; by default that this file was loaded
help-calendar_load-yes = Put it in force without asking
help-card = What people do with a card: issue, answer, appeal, uphold, revoke, order
help-card_answer = Enters the unit's answer (反馈)
help-card_appeal = Enters the unit's objection (申诉)
help-card_issue = Issues what waited for a supervisor (发出)
help-card_order = Orders a case to be finished within a time of its own (督办); failing that makes the card red
help-card_order-within = Within what time, such as 5wd
help-card_review = Lists what waits for a supervisor; with --dismiss it is not issued (不予发出)
help-card_review-dismiss = Number of a finding that is not to be issued
help-card_review-why = Why
help-card_revoke = Withdraws a card (撤销): its readers are told, and it is counted apart
help-card_show = Shows a finding with all that happened to it
help-card_show-finding = Number of the finding
help-card_uphold = Turns an objection down (维持)
help-check-config = Reads configuration and registry and reports every mistake at once, and what would come and go among the open cards
help-check-config-config = The configuration file
help-check-config-lang = Language: zh-CN or en; by default that of the terminal's locale, and where that says none (C, POSIX) `language` of the configuration
help-check-config-only_files = Only the configuration and the files that it names: no source, no ledger. What a reload asks first
help-check-config-sources = Opens every source too, and shows its first rows as the cases they become; at a terminal by default
help-completions = Prints the completions for a shell
help-completions-shell = The shell
help-coverage = The figures of coverage, and who is missing
help-coverage-at = As of this day; today unless given
help-coverage-by = Figures of what: all, unit, region or category
help-coverage-changes = Lists the items whose state changed since this day, and why
help-coverage-estimate = Estimates how many cases there are in all, from each two lists of evidence that share their keys
help-coverage-missing = Lists the items that are not active, and why
help-coverage-since = For --estimate: evidence from this day on; all of it unless given
help-demo = A whole city in one command: registry, approval database, a month of rounds, mails and a ledger to query
help-demo-folder = The folder to make; it must not exist, or hold an earlier demo
help-demo-mysql = The same on a MySQL or MariaDB server, in a database of its own: mysql://user:password@host
help-demo-postgres = The approval database is made on this PostgreSQL server, in a schema of its own: postgres://user:password@host/database
help-demo-seed = Another seed makes another city of the same shape
help-due = A deadline calculator with its steps
help-due-after_hours_moves = What comes in after closing time counts as come on the next working day
help-due-batch = Answer a CSV table with the columns start, limit, start_day_counts, pauses, extension; `-` reads stdin
help-due-day_end = When a due day ends
help-due-extension = What is added to it, in the same unit; may be repeated
help-due-format = How to print
help-due-from = What the limit runs from: 2011-09-26 or 2011-09-26T16:30
help-due-hours = Office hours; other ones in a season after a semicolon: "09:00-12:00,13:00-17:00; 06-01/09-30 09:00-12:00,15:00-18:00"
help-due-law = The limit of the law, by a rule's id such as XK6: the version in force on the first day, counted its way
help-due-limit = How long it runs: 20wd or 0.5wd, 60d, 2mo, 1y, 24oh or 30om (office hours and minutes), 24h (hours of the clock) or same-day
help-due-no_roll = Leave a limit in calendar days, months or years where it ends, even on a day off
help-due-output = Write the table to a file
help-due-pause = What is left out: FROM/TO, both days included; instants for office hours; may be repeated
help-due-pause_ends = Which end days of a pause are left out
help-due-rest_day_moves = What comes in on a day off counts as come on the next working day
help-due-start_day_counts = Count the start day as day 1
help-due-zone = Time zone
help-explain = One case: traces, clocks, the day-by-day count, findings, letters
help-explain-as_of = As of this moment: by the records, rules and calendar of the round that was the last one then
help-explain-case = The case's number
help-explain-clock = Only this clock: promise, statutory
help-explain-format = How to show it: text for a terminal, html for a letter or the printer, json for programs
help-findings = Lists findings
help-findings-all = Also those that are resolved or withdrawn
help-findings-card = Only this card: red, yellow or notice
help-findings-format = How to show it; gbt39046 is the exchange table 电子监察 of GB/T 39046—2020 as CSV, with its eleven fields
help-findings-unit = Only this unit, by code or name
help-forget = Erases personal text for good: handlers, notes and names that were taken of a case or person. Days, cards and findings stay as they are, and so does the note of who erased what and why
help-forget-case = The case, by its number: all its personal text
help-forget-in_advance = Also where nobody by this name is in the ledger: what comes later is marked
help-forget-only_records = Leaves the name in the sentences of letters and findings: for one that is also a word of theirs
help-forget-person = The person, by the name as records write it: whatever names them
help-forget-source = Only the case of this source, where several know the number
help-jianchad = Electronic supervision (电子监察) daemon for government approval systems
help-law = The law's limits, article by article
help-law-at = Only what is in force on this day
help-law-rule = A rule by its id, such as XK6: shown in full, with its other versions
help-mail = Letters: the outbox, one letter, another try, a test
help-mail_queue = Lists the letters that wait, and why
help-mail_queue-refused = Those that were refused for good instead
help-mail_retry = Lets letters be tried at once: all that wait, one by its number (also a refused one), or those of an address that was suspended
help-mail_retry-address = An address that may have letters again
help-mail_show = Shows one letter with every attempt to send it
help-mail_test = Sends one test letter through the configured way and says what came of it
help-mail_test-to = To whom
help-man = Writes the man pages into a folder
help-man-folder = The folder; it is made if it is not there
help-once = One round, then exit
help-once-at = Judges as of this moment (2011-12-31, 2011-12-31T09:00): what lies after it is not yet there. Letters then leave only into a folder, never through a mail server
help-once-ledger = Another ledger than the configured one: a scratch one for looking back
help-plan = Who would be sent what, when and why, before anything is sent
help-plan-routes = By unit and card whoever would be told, whether or not there is a card
help-replay = Judges the past once more and compares: under other limits, another card table, another calendar
help-replay-against = Compare with this configuration, replayed too, instead of with the ledger: other limits, another card table, another calendar
help-replay-from = First day
help-replay-keep = Keep the scratch ledger under this name, to query it
help-replay-to = Last day
help-report = A digest as it went out, or the bulletin of any period
help-report-html = Writes it into this file as a page, as it stands in the mail, instead of showing it as text
help-report-kind = Which
help-report-period = 2011-10 (a month), 2011-10-08 (a day) or 2011-10-01..2011-10-15
help-report-send = Sends it to those who get bulletins: the letters enter the outbox and leave with the next round
help-report-xlsx = Writes its tables into this file as a workbook
help-run = The daemon: a round every few minutes until it is told to stop
help-run-from = For a rehearsal: the clock shows this moment (2011-12-31T09:00) at the start, and goes on from there
help-run-lang = Language of the journal: zh-CN or en; by default `language` of the configuration
help-sample = A random list of cases for inspection by people
help-sample-month = The month in which the cases came to an end: 2011-12
help-sample-seed = Any text, published beforehand
help-sample-size = How many to draw
help-silence = Silences: for a while nobody is told of something
help-silence_add = Sets one
help-silence_add-case = Only this case, by number, or this source, by name
help-silence_add-item = Only this item, by code
help-silence_add-unit = Only this unit, by code
help-silence_add-until = The last day on which it holds; 90 days from now at most
help-silence_end = Ends one before its day; what it hid is told in the next letters
help-silence_end-by = Who ends it
help-silence_end-silence = Its number
help-silence_list = Lists them, with what they hid
help-silence_list-all = Also those that are over
help-source = Sources that are doubted: accepts one as it is
help-source_accept = Says that a doubted source is right as it is: it is judged by again, and each case that is gone from it is found as a vanished record
help-source_accept-source = Name of the source, as the configuration has it
help-status = Sources, open cards, coverage and outbox at a glance
help-time = The machine's clock: says that it is right after a step that is held
help-time_accept = Says that the machine's clock is right after a step that is held: rounds go on from the moment that it shows now
help-ledger = The ledger: says that it is the right one where another, or an older copy, was put in its place
help-ledger_accept = Says that the ledger is the right one: the letters that wait for that leave, also those on cards that may have been told before
help-adopt-version = The version that was looked at: refused if the configuration file now says something else
