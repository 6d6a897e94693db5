//! Tests for whom a line is joined, an adult or a child: what the patient said, and the ages that a region's line
//! takes.

use super::walk::*;
use crate::api::{Answer, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::on_demand::{Modality, Pool, Practice, Qualifier, Region};
use crate::outcome::ApiError;
use crate::patient::Demographics;
use crate::settings::{Resume, Settings};

const CHILDREN: Option<(u32, u32)> = Some((24, 215));

fn video_line() -> Event {
    Event::Join(Modality::Video, LineKind::General)
}

/// A practice in Washington and Oregon, where these ages count as children.
fn practice_for(washington: Option<(u32, u32)>, oregon: Option<(u32, u32)>) -> Answer {
    let of = |code, months| Region { pediatric_months: months, ..region(code, Some(MAIN)) };
    let regions = vec![of("WA", washington), of("OR", oregon)];
    Answer::Practice(Ok(Box::new(Practice { regions, ..practice() })))
}

/// The waits of Washington, where some clinicians see only adults and others only children.
fn two_lines() -> Vec<Pool> {
    [Qualifier::Adult, Qualifier::Pediatric].map(|whom| adults_and_children(Ok(720), whom)).to_vec()
}

/// Marta, or somebody who was born on this date, as the person who signs in and is to be seen.
fn born(birth_date: &str) -> Demographics {
    Demographics { birth_date: birth_date.into(), ..marta() }
}

#[test]
fn without_age_limits_the_patient_says_for_whom_it_is() {
    use Qualifier::{Adult, Pediatric};
    for (months, pools, answer, birth_date, sent) in [
        (None, two_lines(), Some(Pediatric), "2018-06-04", Pediatric),
        (None, two_lines(), Some(Adult), "2018-06-04", Adult),
        (None, two_lines(), None, "1979-02-11", Adult),
        // Here nobody is asked, so an answer for another region does not count.
        (None, pools(), Some(Pediatric), "1979-02-11", Adult),
        // Here the birth date decides, whatever the patient said.
        (CHILDREN, two_lines(), Some(Pediatric), "1979-02-11", Adult),
        (CHILDREN, two_lines(), Some(Adult), "2018-06-04", Pediatric),
    ] {
        let mut walk = Walk::new(Settings { region: Some(code("WA")), ..on_demand() });
        walk.start();
        walk.answer("read practice", practice_for(months, None));
        walk.answer("read waits", Answer::Waits(Ok(pools)));
        if let Some(answer) = answer {
            walk.on(Find::ForWhom(answer));
        }
        walk.on(video_line());
        sign_in_and_give(&mut walk, paid(own_insurance(), details(born(birth_date))));
        walk.on(Act::AcceptTerms(true));
        walk.on(Act::Submit);
        walk.answer("ask token", TokenAnswer::Held(1));
        if birth_date != "1979-02-11" {
            walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
        }
        let Some(Command::Write { write: Write::Join(visit), .. }) = walk.asked.last() else {
            panic!("it is sent")
        };
        assert_eq!(visit.qualifier, sent, "{months:?} {answer:?} {birth_date}");
    }
}

#[test]
fn details_of_somebody_who_is_too_young_for_another_regions_line_are_shown_again() {
    for (birth_date, stage) in [("2024-12-07", "review"), ("2024-12-08", "sign-in")] {
        let mut walk = Walk::new(Settings { region: Some(code("WA")), ..on_demand() });
        walk.start();
        walk.answer("read practice", practice_for(None, CHILDREN));
        let open = |code| pool(code, Modality::Video, Ok(720));
        walk.answer("read waits", Answer::Waits(Ok(vec![open("WA"), open("OR")])));
        walk.on(video_line());
        sign_in_and_give(&mut walk, paid(own_insurance(), details(born(birth_date))));
        walk.on(Act::ChangeTime);
        walk.on(Find::PickRegion(code("OR")));
        walk.answer("read waits", Answer::Waits(Ok(vec![open("WA"), open("OR")])));
        walk.on(video_line());
        assert_eq!(walk.stage(), stage, "{birth_date}");
    }
}

#[test]
fn a_line_is_not_taken_up_again_where_only_the_patient_can_say_for_whom_it_is() {
    let unread = Answer::Waits(Err(ApiError::Server));
    for (months, waits, stage) in [
        (CHILDREN, Answer::Waits(Ok(two_lines())), "sign-in"),
        (None, Answer::Waits(Ok(pools())), "sign-in"),
        (None, Answer::Waits(Ok(two_lines())), "queue"),
        (None, unread, "queue"),
    ] {
        for waits_first in [true, false] {
            let resume = Some(Resume::OnDemand(code("WA"), Modality::Video));
            let mut walk = Walk::new(Settings { resume, ..on_demand() });
            walk.start();
            if waits_first {
                walk.answer("read waits", waits.clone());
                walk.answer("read practice", practice_for(months, None));
            } else {
                walk.answer("read practice", practice_for(months, None));
                assert_eq!(walk.stage(), if months.is_some() { "sign-in" } else { "loading" });
                walk.answer("read waits", waits.clone());
            }
            let is_lost = stage == "queue";
            assert_eq!((walk.stage(), walk.state.finder.lost), (stage, is_lost), "{months:?} {waits_first}");
        }
    }
}
