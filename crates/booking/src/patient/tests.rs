use super::*;
use crate::fixtures::*;

#[test]
fn a_gender_is_read_in_any_letter_case_and_told_in_lower() {
    for (sent, read, told) in [
        ("Female", Gender::Female, "female"),
        ("MALE", Gender::Male, "male"),
        ("other", Gender::Other, "other"),
        ("Unknown", Gender::Unknown, "unknown"),
        ("NonBinary", Gender::Nonbinary, "nonbinary"),
    ] {
        let gender = Gender::from_wire(sent);
        assert_eq!((&gender, gender.as_str()), (&read, told), "{sent}");
    }
}

#[test]
fn a_gender_of_another_word_stays_that_word_and_never_turns_into_male() {
    let gender = Gender::from_wire("Two-Spirit");
    assert_eq!(gender, Gender::Unlisted("Two-Spirit".into()));
    assert_eq!(gender.as_str(), "Two-Spirit");
    assert_eq!(Gender::default(), Gender::Unknown);
}

#[test]
fn those_to_pick_from_are_words_the_wire_takes() {
    for gender in Gender::CHOICES {
        assert_eq!(Gender::from_wire(gender.as_str()), gender);
        assert!(["male", "female", "other", "unknown"].contains(&gender.as_str()));
    }
}

#[test]
fn a_form_is_prefilled_from_the_record_of_the_system_booked_into() {
    let mut leo = record("p-leo", &person("Leo", "Okafor"), &[MAIN, EAST]);
    leo.links[1].demographics.phone = "3035550144".into();
    let east = EhrSystem::new(EAST);
    assert_eq!(leo.known(&east).map(|known| known.phone.as_str()), Some("3035550144"));
    assert_eq!(leo.link_in(&east).map(|link| &link.ehr), Some(&east));
}

#[test]
fn without_a_record_there_another_systems_is_shown_but_does_not_count_as_a_link() {
    let marta = record("p-marta", &marta(), &[MAIN]);
    let east = EhrSystem::new(EAST);
    assert_eq!(marta.link_in(&east), None);
    assert_eq!(marta.known(&east).map(|known| known.name.given.as_str()), Some("Marta"));
    let fresh = Patient { guid: guid("p-ruth"), links: Vec::new() };
    assert_eq!(fresh.known(&east), None);
}
