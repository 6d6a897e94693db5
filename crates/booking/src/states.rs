//! The states of an address in the United States.

/// States, the federal district, territories and military addresses, as the Postal Service writes and abbreviates
/// them (Publication 28, appendix B), in the order of a list to choose from. Each is one text of code, space and
/// name, which takes less of the wasm than a pair of texts.
const STATES: &[&str] = &[
    "AL Alabama",
    "AK Alaska",
    "AS American Samoa",
    "AZ Arizona",
    "AR Arkansas",
    "AA Armed Forces Americas",
    "AE Armed Forces Europe",
    "AP Armed Forces Pacific",
    "CA California",
    "CO Colorado",
    "CT Connecticut",
    "DE Delaware",
    "DC District of Columbia",
    "FM Federated States of Micronesia",
    "FL Florida",
    "GA Georgia",
    "GU Guam",
    "HI Hawaii",
    "ID Idaho",
    "IL Illinois",
    "IN Indiana",
    "IA Iowa",
    "KS Kansas",
    "KY Kentucky",
    "LA Louisiana",
    "ME Maine",
    "MH Marshall Islands",
    "MD Maryland",
    "MA Massachusetts",
    "MI Michigan",
    "MN Minnesota",
    "MS Mississippi",
    "MO Missouri",
    "MT Montana",
    "NE Nebraska",
    "NV Nevada",
    "NH New Hampshire",
    "NJ New Jersey",
    "NM New Mexico",
    "NY New York",
    "NC North Carolina",
    "ND North Dakota",
    "MP Northern Mariana Islands",
    "OH Ohio",
    "OK Oklahoma",
    "OR Oregon",
    "PW Palau",
    "PA Pennsylvania",
    "PR Puerto Rico",
    "RI Rhode Island",
    "SC South Carolina",
    "SD South Dakota",
    "TN Tennessee",
    "TX Texas",
    "VI U.S. Virgin Islands",
    "UT Utah",
    "VT Vermont",
    "VA Virginia",
    "WA Washington",
    "WV West Virginia",
    "WI Wisconsin",
    "WY Wyoming",
];

/// The states to choose from, as code and name.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    STATES.iter().filter_map(|line| Some((line.get(..2)?, line.get(3..)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_code_of_its_own_and_stands_by_its_name() {
        let all: Vec<_> = all().collect();
        assert_eq!(
            all.len(),
            62,
            "50 states, the district, 8 territories and associated states, 3 military addresses"
        );
        assert!(all.is_sorted_by_key(|(_, name)| *name));
        let codes: std::collections::BTreeSet<_> = all.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), all.len());
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())));
    }
}
