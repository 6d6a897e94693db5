use super::*;

#[test]
fn phones_take_any_spacing_and_follow_the_north_american_plan() {
    for good in ["206-555-0188", "(206) 555 0188", "2065550188", "+1 206.555.0188", "1 206 555 0188"] {
        assert_eq!(phone_digits(good).as_deref(), Ok("2065550188"), "{good}");
    }
    for bad in [
        "106-555-0188",
        "296-555-0188",
        "206-155-0188",
        "206-555-018",
        "206-555-01888",
        "206-555-O188",
        "2 206 555 0188",
    ] {
        assert_eq!(phone_digits(bad), Err(Flaw::Form), "{bad}");
    }
    assert_eq!(phone_digits("  "), Err(Flaw::Missing));
}

#[test]
fn a_pasted_phone_or_zip_may_contain_characters_that_nobody_sees_and_any_dash() {
    for good in [
        "\u{202a}+1 (206) 555-0188\u{202c}",
        "\u{2066}206\u{2011}555\u{2011}0188\u{2069}",
        "\u{200e}206\u{a0}555\u{202f}0188\u{200f}",
        "206\t555\n0188",
        "206\u{2010}555\u{2012}0188",
        "206\u{2014}555\u{2015}0188",
        "\u{feff}206\u{2212}555\u{ff0d}0188\u{200b}",
        "\u{61c}206\u{ad}555\u{2060}0188",
    ] {
        assert_eq!(phone_digits(good).as_deref(), Ok("2065550188"), "{good:?}");
    }
    for good in ["\u{202d}98107\u{2013}1234\u{202c}", "98107\u{2011}1234", "\u{2068}98107\t1234\u{2069}"] {
        assert_eq!(zip(good).as_deref(), Ok("98107-1234"), "{good:?}");
    }
    for bad in ["206-555-0188 x2", "206_555_0188", "206\u{2022}555\u{2022}0188", "206*555*0188"] {
        assert_eq!(phone_digits(bad), Err(Flaw::Form), "{bad:?}");
    }
    for bad in ["98107_1234", "98107.1234"] {
        assert_eq!(zip(bad), Err(Flaw::Form), "{bad:?}");
    }
    for nothing in ["\u{202a}\u{202c}", "\t\u{a0}"] {
        assert_eq!(
            (phone_digits(nothing), zip(nothing)),
            (Err(Flaw::Missing), Err(Flaw::Missing)),
            "{nothing:?}"
        );
    }
}

#[test]
fn a_zip_has_five_or_nine_digits_and_starts_at_00501() {
    for (given, told) in [
        ("98107", "98107"),
        (" 98107 ", "98107"),
        ("98107-1234", "98107-1234"),
        ("98107 1234", "98107-1234"),
        ("00501", "00501"),
    ] {
        assert_eq!(zip(given).as_deref(), Ok(told), "{given}");
    }
    for bad in ["9810", "981071", "00500", "9810A", "98107-12", "９８１０７"] {
        assert_eq!(zip(bad), Err(Flaw::Form), "{bad}");
    }
    assert_eq!(zip(" "), Err(Flaw::Missing));
}

#[test]
fn the_mail_rule_knows_an_address_from_a_slip() {
    for good in ["marta.okafor@example.com", " a+b%c_d-e@x.y.co ", "leo@north-lake.example"] {
        assert!(email(good).is_ok(), "{good}");
    }
    for bad in [
        "marta",
        "marta@",
        "@example.com",
        "marta@example",
        "marta okafor@example.com",
        "m@@example.com",
        "m@example.c",
        "m@example.c0m",
    ] {
        assert_eq!(email(bad), Err(Flaw::Form), "{bad}");
    }
    assert_eq!(email(""), Err(Flaw::Missing));
}

#[test]
fn a_birth_date_is_a_real_day_that_has_come() {
    let today = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap();
    assert_eq!(birth("1979", "2", "11", today), Ok(NaiveDate::from_ymd_opt(1979, 2, 11).unwrap()));
    assert_eq!(birth(" 2026 ", "12", "07", today).ok(), Some(today));
    assert_eq!(birth("2026", "12", "8", today), Err(Flaw::Future));
    assert_eq!(birth("1890", "1", "1", today), Err(Flaw::TooOld));
    for (year, month, day) in [
        ("79", "2", "11"),
        ("1979", "2", "30"),
        ("1979", "", "11"),
        ("1979", "13", "1"),
        ("19790", "1", "1"),
        ("١٩٧٩", "1", "1"),
    ] {
        assert_eq!(birth(year, month, day, today), Err(Flaw::Form), "{year}-{month}-{day}");
    }
    assert_eq!(birth("", " ", "", today), Err(Flaw::Missing));
}

#[test]
fn the_last_four_of_an_ssn_may_stay_empty() {
    assert_eq!(ssn_last_four(" "), Ok(None));
    assert_eq!(ssn_last_four("4821"), Ok(Some("4821".into())));
    assert_eq!(ssn_last_four("482"), Err(Flaw::Form));
    assert_eq!(ssn_last_four("123-45-4821"), Err(Flaw::Form));
}

#[test]
fn a_state_is_two_letters_and_a_text_has_an_end() {
    assert_eq!(state("wa").as_deref(), Ok("WA"));
    assert_eq!(state(" washington ").as_deref(), Ok("WA"));
    assert_eq!(state("on").as_deref(), Ok("ON"), "Ontario's address stays");
    for odd in ["Wash.", "W", "W1", "Ñ", "WAS"] {
        assert_eq!(state(odd), Err(Flaw::Form), "{odd}");
    }
    assert_eq!(text("  sore throat ", 500).as_deref(), Ok("sore throat"));
    assert_eq!(text(&"x".repeat(501), 500), Err(Flaw::Long));
    assert_eq!(text("\n", 500), Err(Flaw::Missing));
}

#[test]
fn what_an_insurance_card_says_has_an_end() {
    for (field, most) in [
        (Field::Member, 20),
        (Field::Group, 256),
        (Field::Subscriber, 100),
        (Field::Insurer, 100),
        (Field::Given(PersonRole::Insured), 60),
        (Field::Family(PersonRole::Insured), 60),
        (Field::Given(PersonRole::Patient), 100),
        (Field::Coupon, 60),
        (Field::Reason, 500),
        (Field::Question(3), 500),
    ] {
        assert_eq!(field.most(), most, "{field:?}");
        assert_eq!(text(&"é".repeat(most), field.most()).map(|kept| kept.chars().count()), Ok(most));
        assert_eq!(text(&"é".repeat(most + 1), field.most()), Err(Flaw::Long), "{field:?}");
    }
    assert_eq!(text(" CX883120 ", Field::Member.most()).as_deref(), Ok("CX883120"));
    assert_eq!(text(" ", Field::Member.most()), Err(Flaw::Missing));
}

#[test]
fn a_group_may_stay_empty_and_still_has_an_end() {
    assert_eq!(optional(" ", 256).as_deref(), Ok(""));
    assert_eq!(optional(" 77120 ", 256).as_deref(), Ok("77120"));
    assert_eq!(optional(&"7".repeat(257), 256), Err(Flaw::Long));
}

#[test]
fn a_relationship_is_one_of_the_wire_s_own_words() {
    for word in RELATIONSHIPS {
        assert_eq!(relationship(word).as_deref(), Ok(word));
    }
    assert_eq!(relationship(""), Err(Flaw::Missing));
    for bad in ["mother", "Mother ", "Guardian", "Grandparent"] {
        assert_eq!(relationship(bad), Err(Flaw::Form), "{bad}");
    }
}
