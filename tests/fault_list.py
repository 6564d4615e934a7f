"""What is planted, and which test has to see it: see faults.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: in `file`, `old` becomes `new`; `test` is the id of the test that has to see it."""

    file: str
    old: str
    new: str
    test: str


_CARD = "tests/test_whose_card.py::"
_SEARCH = "tests/test_search.py::"
_FILES = "tests/test_roster_files.py::"
_ENDS = "tests/test_endings.py::"
_PAST = "tests/test_past_days.py::"
_TIME = "tests/test_time_corners.py::"
_EMG = "tests/test_emergencies.py::"
_JOURNAL = "tests/test_journal_words.py::"
_GOODS = "tests/test_goods.py::"

FAULTS: dict[str, Fault] = {
    "a stranger is the owner": Fault(
        "desk/passes/carrier.py",
        "    if difference is not None:\n",
        "    if False:\n",
        _CARD + "test_a_stranger_with_his_own_card_is_not_the_owner",
    ),
    "an empty room has an owner": Fault(
        "desk/passes/carrier.py",
        "    if not people:\n",
        "    if not people:\n        return None\n    if not people:\n",
        _CARD + "test_a_room_without_an_owner_or_an_owner_without_a_number_proves_nobody",
    ),
    "an archive without a number proves": Fault(
        "desk/passes/carrier.py",
        "    if not known:\n",
        "    if not known:\n        return None\n    if not known:\n",
        _CARD + "test_a_room_without_an_owner_or_an_owner_without_a_number_proves_nobody",
    ),
    "the name alone proves": Fault(
        "desk/passes/carrier.py",
        "if not any(idcards.same(",
        "if not known and not any(idcards.same(",
        _CARD + "test_a_stranger_with_his_own_card_is_not_the_owner",
    ),
    "the number alone proves": Fault(
        "desk/passes/carrier.py",
        "if plain_name(person.name) == plain_name(name)]",
        "]",
        _CARD + "test_a_stranger_with_his_own_card_is_not_the_owner",
    ),
    "a clerk calls the archive wrong": Fault(
        "desk/passes/carrier.py",
        "if not LEADERS & set(act.operator.roles.split()):",
        "if not act.operator.roles:",
        _CARD + "test_a_supervisor_passes_a_wrong_archive_with_a_reason_that_shows_on_the_pass",
    ),
    "the card need not be seen": Fault(
        "desk/passes/carrier.py",
        "    if not seen:\n",
        "    if seen is None:\n",
        _CARD + "test_the_original_card_is_seen_and_its_number_typed",
    ),
    "a tenant's load needs no call": Fault(
        "desk/passes/proof.py",
        'and tenants == "tenant on file"',
        "and tenants",
        _CARD + "test_the_owner_is_called_for_a_tenant_unless_the_site_chose_otherwise",
    ),
    "anybody is a tenant": Fault(
        "desk/passes/carrier.py",
        'if carrier == "tenant":',
        'if carrier == "tenant" and not name:',
        _CARD + "test_a_tenant_whom_the_archive_does_not_know_is_another_person",
    ),
    "no opinion on a pass asked for in person": Fault(
        "desk/passes/issuing.py",
        "        proof.log_presence(",
        "        str(",
        _CARD + "test_an_opinion_stands_on_every_pass_with_whose_it_is_and_how_it_was_given",
    ),
    "goods without a count are one piece": Fault(
        "desk/passes/goods_lines.py",
        "return _Read([Item(name, 1) for name in names], sure=False)",
        "return _Read([Item(name, 1) for name in names], sure=True)",
        _GOODS + "test_what_is_unclear_is_asked_with_the_guess_shown",
    ),
    "of two counts the unit's is taken": Fault(
        "desk/passes/goods_lines.py",
        "clear=True) if alone else None",
        "clear=True)",
        _GOODS + "test_what_names_nothing_or_two_counts_is_asked_without_a_guess",
    ),
    "a measure is a count": Fault(
        "desk/passes/goods_lines.py",
        'if match["measure"] and not match["times"]:',
        'if match["measure"] and match["times"]:',
        _GOODS + "test_goods_are_read_from_lines_as_people_write_them",
    ),
    "a list's numbers are counts": Fault(
        "desk/passes/goods_lines.py",
        "listed = _LISTED.match(line)",
        "listed = None",
        _GOODS + "test_goods_are_read_from_lines_as_people_write_them",
    ),
    "a word that begins with a unit is torn": Fault(
        "desk/passes/goods_lines.py",
        ".startswith(compounds())",
        ".startswith('#')",
        _GOODS + "test_what_is_unclear_is_asked_with_the_guess_shown",
    ),
    "the umlaut is only v": Fault(
        "desk/pinyin.py",
        "found |= {typed, _UMLAUT",
        "found |= {typed} if typed else {_UMLAUT",
        _SEARCH + "test_what_people_type_is_found",
    ),
    "given names have one reading": Fault(
        "desk/pinyin.py",
        "MOST_READINGS, MOST_OF_ONE = 16, 3",
        "MOST_READINGS, MOST_OF_ONE = 16, 1",
        _SEARCH + "test_what_people_type_is_found",
    ),
    "a phone is a room": Fault(
        "desk/search.py",
        "if PHONE.fullmatch(text):",
        "if PHONE.fullmatch(text) and not text:",
        _SEARCH + "test_what_people_type_is_found",
    ),
    "a phase is no level of a path": Fault(
        "desk/rooms.py",
        'text = _KEPT.sub(r"\\1|", ',
        'text = _KEPT.sub(r"|", ',
        _SEARCH + "test_a_room_keeps_every_level_of_its_path",
    ),
    "below ground is above": Fault(
        "desk/rooms.py",
        'text = re.sub(r"-{2,}(?!\\d+$)", "-", ',
        'text = re.sub(r"-{2,}", "-", ',
        _SEARCH + "test_a_room_keeps_every_level_of_its_path",
    ),
    "only a dash is a dash": Fault(
        "desk/gate.py",
        'plain = re.sub(r"[\\W_]", "", text)',
        'plain = re.sub(r"[ -]", "", text)',
        _SEARCH + "test_a_pass_number_is_found_with_any_separator_for_a_dash",
    ),
    "a second owner is added": Fault(
        "desk/roster/planning.py",
        "            if other := self._second_owner(line, known, people):\n",
        "            if other := '':\n",
        _FILES + "test_a_second_owner_of_a_home_is_asked_unless_the_file_says_co_owner",
    ),
    "the phase of a home is left out": Fault(
        "desk/roster/homes.py",
        'for name in ("phase", "district", "lane")',
        'for name in ("district", "lane")',
        _FILES + "test_phase_district_estate_and_lane_keep_homes_apart",
    ),
    "every estate is the first": Fault(
        "desk/roster/importing.py",
        'home.estate = estate if estate != known else ""',
        'home.estate = ""',
        _FILES + "test_another_estate_s_roster_never_lands_in_the_homes_of_the_first",
    ),
    "a sheet is no building": Fault(
        "desk/roster/planning.py",
        'level = table.sheet_level if several and not named else ""',
        'level = ""',
        _FILES + "test_a_sheet_for_each_building_is_a_building_each",
    ),
    "merged cells stay empty": Fault(
        "desk/roster/files.py",
        "rows[row][left] = rows[top][left]",
        "pass",
        _FILES + "test_cells_merged_downwards_say_the_same_for_every_line",
    ),
    "a second block is dropped": Fault(
        "desk/roster/reading.py",
        "            starts.append(place)\n",
        "            pass\n",
        _FILES + "test_blocks_side_by_side_and_one_below_the_other_are_all_read",
    ),
    "an unknown column is dropped": Fault(
        "desk/roster/planning.py",
        "        for note in table.unread:\n",
        "        for note in table.unread[:0]:\n",
        _FILES + "test_every_column_sheet_and_line_is_read_or_named",
    ),
    "an unknown kind is an owner": Fault(
        "desk/roster/people.py",
        'UNKNOWN_KIND = "family"',
        'UNKNOWN_KIND = "owner"',
        _FILES + "test_an_optional_cell_never_costs_the_person_or_the_home",
    ),
    "a spoilt ID number is kept": Fault(
        "desk/roster/cells.py",
        'if abs(value) >= EXCEL_DIGITS:\n            return f"{value:.14E}"\n        return f"{value:.0f}" if',
        'return f"{value:.0f}" if',
        _FILES + "test_an_optional_cell_never_costs_the_person_or_the_home",
    ),
    "a month is the first of it": Fault(
        "desk/roster/people.py",
        "    try:\n        if match:\n            return date(int(match[1])",
        "    if re.fullmatch(r'\\d{4}-\\d{2}', text):\n        return date(int(text[:4]), int(text[5:]), 1), ''\n    try:\n        if match:\n            return date(int(match[1])",
        _FILES + "test_no_day_is_made_up",
    ),
    "the tenant's number is the owner's": Fault(
        "desk/roster/people.py",
        "if _TENANTS.search(rest):",
        "if not rest and cell:",
        _FILES + "test_phones_are_read_as_written_and_what_else_is_said_stays_in_the_note",
    ),
    "a moved end was always there": Fault(
        "desk/reports/kept.py",
        "        return min(later, key=lambda move: (move.at, move.id or 0)).old_due_at if later else self.clock.due_at",
        "        return self.clock.due_at",
        _PAST + "test_every_day_of_a_random_life_stays_as_it_was_printed",
    ),
    "a reopened complaint was always open": Fault(
        "desk/reports/past.py",
        "doubtful = [one for one in found.values() if one",
        "doubtful = [one for one in () if one",
        _PAST + "test_every_day_of_a_random_life_stays_as_it_was_printed",
    ),
    "a past grade is today's": Fault(
        "desk/reports/past.py",
        "entries = select(JournalEntry).where(col(JournalEntry.record).in_(numbers), JournalEntry.at < moment)",
        "entries = select(JournalEntry).where(col(JournalEntry.record).in_(numbers))",
        _PAST + "test_every_day_of_a_random_life_stays_as_it_was_printed",
    ),
    "a pause is no reason not to miss": Fault(
        "desk/reports/kept.py",
        "        if paused is not None and paused <= due:\n            return None\n",
        "",
        _PAST + "test_every_day_of_a_random_life_stays_as_it_was_printed",
    ),
    "later reasons stand on past sheets": Fault(
        "desk/reports/kept.py",
        ", CaseNote.at < end\n",
        "\n",
        _PAST + "test_every_day_of_a_random_life_stays_as_it_was_printed",
    ),
    "answered round the manager": Fault(
        "desk/complaints/answering.py",
        "return cases.why_not_open(view, case) or manager.why_not(view, case)",
        "return cases.why_not_open(view, case)",
        _ENDS + "test_a_higher_grade_is_agreed_to_anew",
    ),
    "confirmed round the manager": Fault(
        "desk/complaints/ending.py",
        'number=case.number, clause="CMP-23")\n    return manager.why_not(view, case)',
        'number=case.number, clause="CMP-23")\n    return None',
        _ENDS + "test_a_complaint_answered_and_then_judged_major_is_agreed_and_reported_before_it_goes_on",
    ),
    "closed round the superiors": Fault(
        "desk/complaints/manager.py",
        "    if case.grade in WEIGHTY and not judging",
        "    if case.grade not in WEIGHTY and not judging",
        _ENDS + "test_a_complaint_confirmed_and_then_judged_important_is_not_closed_before_both",
    ),
    "a holding answer without a next reply": Fault(
        "desk/complaints/answering.py",
        'if case.grade == "major" and case.answered_at is None and',
        'if case.grade == "?" and',
        _ENDS + "test_a_major_complaint_that_is_not_solved_gets_a_time_for_its_next_reply",
    ),
    "solved while a slip waits": Fault(
        "desk/complaints/ending.py",
        "    if life.is_pending(life.slips(view, case)):\n",
        "    if False:\n",
        _ENDS + "test_what_is_called_solved_keeps_no_promise_while_a_slip_waits",
    ),
    "an answer is an investigation": Fault(
        "data/reference/standards.toml",
        'kept = ["complaints.investigate"]',
        'kept = ["complaints.investigate", "complaints.answer"]',
        _ENDS + "test_an_answer_is_no_investigation_and_closing_keeps_neither_it_nor_the_report",
    ),
    "every ended promise is ticked off": Fault(
        "screens/timeline.py",
        "if clocks.was_kept(clock)",
        "if clock.ended_at",
        _ENDS + "test_only_a_kept_promise_is_ticked_off_on_the_record",
    ),
    "lateness runs on while paused": Fault(
        "desk/promises.py",
        "stop = clock.ended_at or clock.paused_at or now",
        "stop = clock.ended_at or now",
        _ENDS + "test_lateness_stands_still_while_paused_and_a_pause_after_the_end_is_not_late",
    ),
    "a pause after the end is late": Fault(
        "desk/promises.py",
        "clock.late_paused += int((at - clock.paused_at).total_seconds())",
        "pass",
        _ENDS + "test_lateness_stands_still_while_paused_and_a_pause_after_the_end_is_not_late",
    ),
    "nobody says why it began late": Fault(
        "screens/timeline.py",
        "if clocks.began_late(clock):",
        "if False:",
        _ENDS + "test_a_promise_that_a_promotion_starts_late_says_since_when_and_why",
    ),
    "what began late never falls due": Fault(
        "desk/reports/kept.py",
        "return in_time, began_late\n",
        "return in_time, and_(began_late, col(Clock.id) < 0)\n",
        _PAST + "test_every_day_of_a_random_life_stays_as_it_was_printed",
    ),
    "promising again keeps": Fault(
        "data/reference/standards.toml",
        'kept = ["contacts.answer", "complaints.answer", "requests.reply", "emergencies.reply"], void = ["complaints.close", "requests.close", "emergencies.close"], overtaken = ["complaints.promise", ',
        'kept = ["complaints.promise", "contacts.answer", "complaints.answer", "requests.reply", "emergencies.reply"], void = ["complaints.close", "requests.close", "emergencies.close"], overtaken = [',
        _ENDS + "test_promising_again_overtakes_the_promise_and_does_not_keep_it",
    ),
    "a shipped day off cannot be taken back": Fault(
        "desk/calendar/days.py",
        "if day.year in self.notices:",
        "if day.year in self.notices and not _shipped(day).off:",
        _TIME + "test_a_corrected_notice_takes_a_day_back_even_in_a_year_that_is_shipped",
    ),
    "a notice takes its neighbour's days": Fault(
        "desk/holidays.py",
        "delete(Holiday).where(col(Holiday.notice) == notice.year)",
        "delete(Holiday).where(col(Holiday.day) >= date(notice.year, 1, 1), col(Holiday.day) <= date(notice.year, 12, 31))",
        _TIME + "test_a_notice_replaces_its_own_days_and_never_its_neighbours",
    ),
    "a neighbour's notice vouches for a year": Fault(
        "desk/site.py",
        "frozenset(notice for _day, notice, *_ in rows)",
        "frozenset(day.year for day, notice, *_ in rows)",
        _TIME + "test_a_year_is_known_by_its_own_notice_only",
    ),
    "an unknown year has no days off": Fault(
        "desk/calendar/days.py",
        "if day.year > last and (by_law",
        "if day.year > 9999 and (by_law",
        _TIME + "test_an_unknown_year_has_the_days_off_that_the_law_fixes_and_stays_provisional",
    ),
    "a night shift makes the day longer": Fault(
        "desk/calendar/clockwork.py",
        "return min(end, midnight) if end is not None else midnight",
        "return end if end is not None else midnight",
        _TIME + "test_with_shifts_through_the_night_a_day_still_ends_at_midnight",
    ),
    "before counts by the wall": Fault(
        "desk/calendar/clockwork.py",
        "return self.subtract(start, limit.before, calendar), None",
        "return start - timedelta(seconds=limit.before), None",
        _TIME + "test_before_counts_back_on_its_own_calendar",
    ),
    "the day has no last moment": Fault(
        "desk/calendar/days.py",
        'closes = time() if end == "24:00"',
        'closes = time() if end == "99:00"',
        _TIME + "test_hours_are_read_as_people_write_them",
    ),
    "a broken list refuses the emergency": Fault(
        "desk/emergencies/life.py",
        "        people = _read_list(reference.shipped_tables(FILE), store)",
        "        raise",
        _EMG + "test_a_broken_list_never_refuses_an_emergency_it_is_told_loudly_and_the_shipped_one_is_used",
    ),
    "nobody is told that the list is broken": Fault(
        "desk/emergencies/life.py",
        '        cases.write_down(act, case.number, "list", trouble)',
        "        pass",
        _EMG + "test_a_broken_list_never_refuses_an_emergency_it_is_told_loudly_and_the_shipped_one_is_used",
    ),
    "broken standards refuse the emergency": Fault(
        "desk/view.py",
        "            if self.urgent:",
        "            if self.urgent is None:",
        _EMG + "test_broken_standards_and_prompts_never_refuse_an_emergency_either",
    ),
    "a guard waits for the desk": Fault(
        "desk/systems/emergencies.py",
        '"register": Said(N_("emergency taken"), PEOPLE)',
        '"register": Said(N_("emergency taken"), STAFF)',
        _EMG + "test_a_guard_at_night_takes_an_emergency_tells_and_reports_until_it_is_over",
    ),
    "anybody takes it on by phone": Fault(
        "desk/emergencies/life.py",
        'who is None or who.disabled or not may(who.roles, "emergencies.acknowledge")',
        "who is None",
        _EMG + "test_a_leader_takes_it_on_by_phone_and_signs_when_they_are_back",
    ),
    "another leader signs": Fault(
        "desk/emergencies/life.py",
        "    if not took_on(act, case):",
        "    if not case.acknowledged_by:",
        _EMG + "test_a_leader_takes_it_on_by_phone_and_signs_when_they_are_back",
    ),
    "a lift rescue is forgotten": Fault(
        "desk/emergencies/life.py",
        'RESCUES = ("patient", "lift")',
        'RESCUES = ("patient",)',
        _EMG + "test_a_lift_rescue_leaves_a_visit",
    ),
    "a guard reads phones in texts": Fault(
        "screens/text.py",
        "if _hidden else text",
        "if _hidden is None else text",
        _EMG + "test_a_guard_takes_an_emergency_on_screen_and_sees_no_resident_s_phone",
    ),
    "a guard reads phones in the search": Fault(
        "screens/people.py",
        "line(one, phones=open_)",
        "line(one)",
        _EMG + "test_a_search_shows_a_guard_no_phone_of_any_length",
    ),
    "the caller hears one time for all": Fault(
        "screens/intake.py",
        "said = times[0][1] if len(times) == 1 else",
        "said = times[0][1] if times else",
        "tests/test_case_screens.py::test_the_line_to_the_caller_names_each_matters_own_time",
    ),
    "a lost slip came back": Fault(
        "desk/systems/__init__.py",
        "            return _(said)\n",
        "            break\n",
        _JOURNAL + "test_a_lost_lower_part_did_not_come_back",
    ),
    "a failed print was printed": Fault(
        "desk/passes/life.py",
        'act.record("passes.fail_print", paper.number, count=count)',
        'act.record("passes.print", paper.number, count=count)',
        _JOURNAL + "test_a_print_stands_in_the_journal_once_it_succeeded_and_says_which_way",
    ),
    "a paper is recorded before it is out": Fault(
        "desk/printing.py",
        "    saved = None\n    if file is None:",
        "    saved = None\n    with desk.act(operator=desk.operator or SYSTEM) as act:\n        act.record('papers.print', record, form=form, way='printer')\n    if file is None:",
        _JOURNAL + "test_every_paper_that_leaves_stands_in_the_journal_and_none_that_did_not",
    ),
    "five titles are one form": Fault(
        "desk/complaint_papers.py",
        '"register": _register, "record": _record,',
        '"register": _record, "record": _record,',
        "tests/test_papers.py::test_five_titles_of_a_complaint_are_five_forms_with_the_fields_of_their_sources",
    ),
    "the first round is forgotten": Fault(
        "desk/complaint_papers.py",
        "shown = [one for one in found if one.said_something or one is found[-1]]",
        "shown = found[-1:]",
        "tests/test_papers.py::test_agreement_reply_time_and_confirmation_of_each_round_stand_on_the_forms_after_reopening",
    ),
    "a choice that nothing reads is taken": Fault(
        "desk/standards.py",
        "if len(options) > 1 and name not in READ:",
        "if len(options) > 9 and name not in READ:",
        "tests/test_standards.py::test_a_choice_is_refused_until_a_procedure_reads_it",
    ),
    "a planned promise is live": Fault(
        "desk/standards.py",
        'return self.kind == "clock" and any(map(can_happen, self.start))',
        'return self.kind == "clock"',
        "tests/test_standards.py::test_a_promise_listed_as_live_is_started_by_an_entry_that_some_procedure_leaves",
    ),
    "two or three boxes are twenty-three": Fault(
        "desk/passes/goods_lines.py",
        'rf"{_ROUGHLY}(?=[{COUNTED}十百千万])|若干|',
        'rf"若干|',
        _GOODS + "test_what_names_nothing_or_two_counts_is_asked_without_a_guess",
    ),
    "fifty metres are one piece": Fault(
        "desk/passes/goods_lines.py",
        "return (_in_bulk(line) or _without_a_count(line))",
        "return _without_a_count(line)",
        _GOODS + "test_what_is_unclear_is_asked_with_the_guess_shown",
    ),
    "a count in brackets is passed over": Fault(
        "desk/passes/goods_lines.py",
        "if read is None or outside == everywhere or",
        "if True or",
        _GOODS + "test_what_is_unclear_is_asked_with_the_guess_shown",
    ),
    "a second column of names is passed over": Fault(
        "desk/roster/reading.py",
        "    if people < 2:\n",
        "    if True:\n",
        _FILES + "test_names_in_several_columns_are_several_people_each_with_their_own_columns",
    ),
    "a second line of one person is dropped": Fault(
        "desk/roster/planning.py",
        "                    home.people[place] = both\n",
        "                    pass\n",
        _FILES + "test_the_same_person_again_adds_what_the_line_knows_and_another_paper_is_asked",
    ),
    "another paper of one name is taken": Fault(
        "desk/roster/people.py",
        "    if known.id_card and again.id_card and not idcards.same(known.id_card, again.id_card):\n",
        "    if False:\n",
        _FILES + "test_the_same_person_again_adds_what_the_line_knows_and_another_paper_is_asked",
    ),
    "headings are people": Fault(
        "desk/roster/headers.py",
        "return len(text) > 1 and plain(text) in _BY_HEADER",
        "return False",
        _FILES + "test_headings_among_the_data_are_asked_and_never_people_or_homes",
    ),
    "a child in brackets is an owner": Fault(
        "desk/roster/planning.py",
        "relation_beside(aside) or relation",
        "relation",
        _FILES + "test_a_relation_in_brackets_and_a_number_beside_a_name_are_read",
    ),
    "a floor lies outside its entrance": Fault(
        "desk/roster/homes.py",
        "if _FLOOR.fullmatch(part)] if building or entrance else []",
        "if False] if building or entrance else []",
        _FILES + "test_a_floor_below_ground_lies_inside_its_entrance",
    ),
    "a spoilt number kept as text is a paper": Fault(
        "desk/roster/people.py",
        'plain.endswith("000")',
        'plain.endswith("x")',
        _FILES + "test_a_number_that_was_spoilt_and_then_kept_as_text_is_no_paper",
    ),
    "local phones inside a text are shown": Fault(
        "screens/text.py",
        "|(?<=电话)\\d{7,8}",
        "|(?<=电话)\\d{17,18}",
        _EMG + "test_phones_inside_a_text_are_hidden_and_nothing_else",
    ),
    "a verb that no system says": Fault(
        "desk/chasing.py",
        'act.require("clocks.chase")',
        'act.require("clocks.chases")',
        "tests/test_systems.py::test_every_verb_in_the_code_is_said_by_a_system",
    ),
    "an act that is said and never done": Fault(
        "desk/systems/fees.py",
        '        "record": ',
        '        "forgive": Said(N_("arrears written"), {"finance"}),\n        "record": ',
        "tests/test_systems.py::test_every_act_that_is_said_is_done_somewhere",
    ),
    "numbered slips are not verified": Fault(
        "data/tables.py",
        '    "slips": ("slip", "GL"),\n',
        "",
        "tests/test_systems.py::test_every_table_of_numbered_papers_is_known_to_verify",
    ),
    "a series that nobody knows is well": Fault(
        "desk/journal.py",
        'if name.partition(":")[0] not in NUMBERED)',
        "if False)",
        "tests/test_systems.py::test_numbers_of_a_series_that_is_not_known_are_found_and_stop_the_desk",
    ),
    "a key where the procedure refuses": Fault(
        "desk/complaints/ending.py",
        "    case = life.ready(act, number, why_not_settle)\n",
        "    case = life.ready(act, number, why_not_confirm)\n",
        "tests/test_steps.py::test_key_command_and_procedure_agree_in_every_state_of_a_record",
    ),
    "a rule that the procedure does not ask": Fault(
        "desk/requests/life.py",
        "    case: Request = cases.get_ready(act, SYSTEM, number, why_not_decide)\n",
        "    case: Request = cases.get(act.session, SYSTEM, number)\n",
        "tests/test_steps.py::test_key_command_and_procedure_agree_in_every_state_of_a_record",
    ),
    "a row asks what its procedure does not take": Fault(
        "desk/complaints/steps.py",
        'Field("opinion", N_("Opinion"), "long")',
        'Field("view", N_("Opinion"), "long")',
        "tests/test_steps.py::test_a_row_fits_its_procedure",
    ),
    "two steps wait for one key": Fault(
        "desk/complaints/dispatch.py",
        "    if case.overrun_until is not None:\n        return StateChanged(",
        '    if case.overrun_until is None and case.number == "":\n        return StateChanged(',
        "tests/test_steps.py::test_key_command_and_procedure_agree_in_every_state_of_a_record",
    ),
    "help is silent about hidden keys": Fault(
        "screens/help.py",
        "(hidden := screen.not_now())",
        "(hidden := [])",
        "tests/test_steps.py::test_help_says_of_a_hidden_key_why_it_is_not_there_now",
    ),
    "an act believes what it knew": Fault(
        "desk/act.py",
        "keeps: ClassVar[bool] = False",
        "keeps: ClassVar[bool] = True",
        "tests/test_steps.py::test_an_act_asks_again_what_a_view_asks_once",
    ),
    "a tenant is known by phone": Fault(
        "desk/passes/issuing.py",
        'if draft.by_phone and draft.carrier != "owner":',
        "if False:",
        "tests/test_whose_card.py::test_only_an_owner_is_known_by_phone_and_carries_in_person",
    ),
    "a stranger carries for an owner on the phone": Fault(
        "desk/passes/issuing.py",
        "    if draft.by_phone:\n        carrier.check_phoned",
        "    if False:\n        carrier.check_phoned",
        "tests/test_whose_card.py::test_only_an_owner_is_known_by_phone_and_carries_in_person",
    ),
    "no reason is a reason": Fault(
        "desk/passes/carrier.py",
        'needed(archive_wrong, "archive_wrong", LONGEST_REASON)',
        "str(archive_wrong)",
        "tests/test_whose_card.py::test_a_supervisor_who_gives_no_reason_does_not_get_past_the_archive",
    ),
    "an old report is enough for a heavier grade": Fault(
        "desk/complaints/life.py",
        '    case.reported_to = ""\n',
        "    pass\n",
        "tests/test_endings.py::test_a_higher_grade_is_agreed_to_anew",
    ),
    "what comes back is reported already": Fault(
        "desk/complaints/ending.py",
        "    life.weighs_more(case)\n",
        "",
        "tests/test_endings.py::test_a_complaint_that_comes_back_is_agreed_to_and_reported_anew",
    ),
    "a time long past is a next reply": Fault(
        "desk/complaints/life.py",
        "        running = running.where(Clock.due_at > after)\n",
        "        pass\n",
        "tests/test_endings.py::test_a_time_that_is_long_past_is_no_time_of_a_next_reply",
    ),
    "a pause makes an approved end later": Fault(
        "desk/clocks.py",
        "        clock.paused_at = act.now\n    clock.steps_done",
        "        pass\n    clock.steps_done",
        "tests/test_endings.py::test_a_later_end_approved_while_a_promise_is_paused_is_as_long_as_it_was_approved",
    ),
    "a kind without anybody is a good list": Fault(
        "desk/emergencies/life.py",
        "    if untold or unknown:",
        "    if not people or unknown:",
        "tests/test_emergencies.py::test_a_broken_list_never_refuses_an_emergency_it_is_told_loudly_and_the_shipped_one_is_used",
    ),
    "broken standards stop what is reported upwards": Fault(
        "desk/ticking.py",
        "        act.urgent = True\n",
        "        pass\n",
        "tests/test_emergencies.py::test_broken_standards_and_prompts_never_refuse_an_emergency_either",
    ),
    "standards that cannot be opened refuse an emergency": Fault(
        "desk/standards.py",
        "    except OSError as error:\n        raise StandardsWrong(",
        "    except ZeroDivisionError as error:\n        raise StandardsWrong(",
        "tests/test_emergencies.py::test_standards_that_cannot_be_opened_refuse_no_emergency_and_are_told",
    ),
    "any word is a phone number": Fault(
        "desk/emergencies/life.py",
        "    if not PHONE.fullmatch(phone):",
        "    if not phone:",
        "tests/test_emergencies.py::test_a_leader_takes_it_on_by_phone_and_signs_when_they_are_back",
    ),
    "nobody signs for a leader who is gone": Fault(
        "desk/emergencies/life.py",
        " or leader is None or leader.disabled",
        "",
        "tests/test_emergencies.py::test_another_leader_signs_for_one_who_is_no_longer_here",
    ),
    "a later choice changes a past day": Fault(
        "desk/reports/sheet.py",
        "choices.value_at(session, store, rule, end)",
        "choices.value(session, store, rule)",
        "tests/test_past_days.py::test_what_is_chosen_later_never_changes_the_base_of_a_past_day",
    ),
    "days before count as duty hours": Fault(
        "desk/calendar/within.py",
        "(limit.elapsed or limit.before)",
        "limit.elapsed",
        "tests/test_time_corners.py::test_a_limit_that_cannot_be_is_refused_with_its_own_sentence_however_it_is_written",
    ),
}
