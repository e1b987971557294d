//! One suite of what a store promises, run through SQLite and through PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]

#[path = "../support/postgres.rs"]
mod postgres;

mod allocations;
mod calls;
mod crm_log;
mod history;
mod housekeeping;
mod log;
mod opening;
mod outgoing;
mod people;
mod place;
mod push_payloads;
mod samples;
mod silent;
mod writing;

use place::Place;

/// Makes two tests of each function, one for each database.
macro_rules! on_both {
    ($($room:ident :: $name:ident,)*) => {
        mod on_sqlite {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $room::$name(Place::sqlite()).await;
            })*
        }
        mod on_postgres {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $room::$name(Place::postgres().await).await;
            })*
        }
    };
}

on_both! {
    log::a_known_key_changes_nothing,
    log::a_repeat_within_a_batch_is_one_event,
    log::no_reader_with_a_cursor_skips_an_event,
    log::an_agent_reads_their_own_events_only,
    log::what_is_forgotten_is_told_by_the_bounds,
    log::a_commit_wakes_who_waits,
    log::an_ended_session_is_logged_for_the_nodes,
    calls::facts_are_joined_and_each_changed_view_is_logged,
    calls::the_view_without_an_agent_goes_when_one_is_named,
    calls::the_unsettled_come_oldest_first_and_go_to_the_end_when_asked_in_vain,
    calls::one_click_is_one_placement,
    calls::text_that_a_database_refuses_is_kept_all_the_same,
    calls::a_long_key_is_known_again,
    crm_log::what_is_over_and_wrapped_up_is_given_out_once,
    crm_log::of_many_pages_that_ask_at_once_each_entry_is_one_pages,
    crm_log::the_first_word_stands,
    crm_log::two_words_at_once_agree,
    crm_log::what_fails_comes_back_later_and_is_shown,
    crm_log::a_call_of_several_agents_is_written_by_whom_it_concerns,
    crm_log::calls_from_before_are_left_alone,
    outgoing::the_log_is_told_from_where_it_was_and_by_one_node,
    outgoing::newer_words_take_the_place_of_what_was_not_tried,
    outgoing::a_receiver_that_is_away_holds_up_no_other_and_one_that_is_off_hears_nothing,
    outgoing::a_note_is_in_the_log_for_the_nodes_alone,
    history::pages_hold_every_call_once,
    history::a_search_finds_numbers_notes_and_ids,
    history::a_row_that_cannot_be_read_hides_no_other,
    history::one_call_is_found_by_its_id_alone,
    allocations::what_is_given_back_stays_given_back,
    allocations::the_first_live_context_in_the_order_of_the_keys,
    people::accounts_and_their_sessions,
    people::a_ticket_is_taken_once,
    people::an_api_key_can_be_revoked,
    people::one_agent_has_one_account_and_one_name_one_live_key,
    housekeeping::one_holder_of_a_lease,
    housekeeping::old_things_go_and_young_ones_stay,
    housekeeping::an_allocation_goes_once_it_is_given_back,
    housekeeping::whether_it_can_be_written_is_asked_without_writing,
    housekeeping::an_export_has_every_row_and_no_secret,
    housekeeping::a_stuck_reader_blocks_nobody,
    push_payloads::an_old_push_loses_its_payload_and_keeps_its_place,
    opening::what_was_written_is_there_after_reopening,
    opening::a_newer_database_is_refused,
    opening::nodes_that_start_together_make_one_log,
    writing::every_writer_gets_its_own_answer,
    writing::one_bad_write_harms_only_itself,
}
