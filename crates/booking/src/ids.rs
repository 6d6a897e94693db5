//! Identifiers as types, so that the compiler rejects, for example, a department's EMR id where its `urlName`
//! belongs.
//!
//! All ids are opaque texts, and cheap to clone. None is checked, except an [`Npi`] that the page's owner typed.
//! Appendix A of the API reference lists the names of each id in the endpoints.

use std::sync::Arc;

use crate::intern::interned;

macro_rules! text_ids {
    ($held:ty, $keep:expr; $($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(any(test, feature = "debug"), derive(Debug))]
        pub struct $name($held);

        impl $name {
            /// Keeps the text as it is; an id is never trimmed or changed in letter case.
            pub fn new(text: &str) -> Self {
                Self($keep(text))
            }

            /// The text, for the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )*};
}

// Public ids are kept once for the life of the page: hundreds of times share them, and a `&'static str` needs no code
// to drop it.
text_ids! { &'static str, interned;
    /// A slot's opaque base64 id (`id` in timeslots, `slotId` at booking). It is sent back unchanged, and never
    /// decoded or built.
    SlotId;
    /// A department's EMR id, unique within one EHR system only.
    DepartmentId;
    /// An EHR instance (`ehrSystemName`, `epicInstanceName`, an identifier's `system`).
    EhrSystem;
    /// A department's `urlName`, the key of its timeslots and of the hand-off link.
    UrlName;
    /// DexCare's own id of a clinician, which is not the NPI. Bookings at a clinic need this id.
    ProviderId;
    /// A visit type's EMR id. A clinician's visit types may share one id, with different short names.
    VisitTypeId;
    /// A visit type's short name (`Illness`, `FluShot`, …). Health systems define their own names, which are compared
    /// exactly as written.
    VisitType;
    /// An IANA time zone name, as the API writes it.
    Zone;
    /// The id of a practice for on-demand care: a UUID, which the page configures.
    PracticeId;
    /// A region's code (`WA`), which is also the state that the patient says they are in.
    RegionCode;
}

// Ids that reveal something about a patient are not interned, so that they are freed with the value that
// contains them.
text_ids! { Arc<str>, Arc::from;
    /// A patient in DexCare (`id`, `patientGuid`, or `identifier` in bookings at a clinic).
    PatientGuid;
    /// A booked visit.
    VisitId;
    /// The slot that a patient has booked. It has the text of a [`SlotId`], but reveals that somebody has a visit at
    /// that time.
    BookedSlot;
}

impl BookedSlot {
    /// Marks a slot as booked by somebody.
    #[cfg(any(test, feature = "debug"))]
    pub fn of(slot: &SlotId) -> Self {
        Self::new(slot.as_str())
    }

    /// Whether the booked slot is this one.
    pub fn is(&self, slot: &SlotId) -> bool {
        self.as_str() == slot.as_str()
    }
}

/// Identifies a department across EHR systems: `<ehrSystemName>|<departmentId>` (API reference §1.8).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct DepartmentIdentifier {
    /// The EHR instance into which a visit at the department is booked.
    pub ehr: EhrSystem,
    /// The department's EMR id within that instance.
    pub department: DepartmentId,
}

impl DepartmentIdentifier {
    /// Makes an identifier from its two parts.
    pub fn new(ehr: &str, department: &str) -> Self {
        Self { ehr: EhrSystem::new(ehr), department: DepartmentId::new(department) }
    }

    /// Reads `ehr|department`; `None` when either part is missing.
    ///
    /// ```
    /// use booking::ids::DepartmentIdentifier;
    ///
    /// let ballard = DepartmentIdentifier::parse("org.northlake.epic.main|100210").ok_or("no identifier")?;
    /// assert_eq!(ballard.ehr.as_str(), "org.northlake.epic.main");
    /// assert_eq!(ballard.department.as_str(), "100210");
    /// // A department id alone does not say to which EHR system it belongs.
    /// assert!(DepartmentIdentifier::parse("100210").is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (ehr, department) = text.split_once('|')?;
        (!ehr.is_empty() && !department.is_empty()).then(|| Self::new(ehr, department))
    }

    /// `ehr|department`, as it goes into a path segment before percent-encoding.
    pub fn to_text(&self) -> String {
        [self.ehr.as_str(), "|", self.department.as_str()].concat()
    }
}

/// A clinician's National Provider Identifier: ten digits, the last a check digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Npi(&'static str);

/// Why a text is not an NPI.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NpiError {
    /// It is not ten digits.
    Shape,
    /// It is ten digits, but the last is not the check digit of the others.
    CheckDigit,
}

impl Npi {
    /// Reads what the page's owner typed, and verifies the check digit.
    ///
    /// ```
    /// use booking::ids::{Npi, NpiError};
    ///
    /// // Dr. Dana Whitfield. The last digit, 3, is the check digit of the nine before it.
    /// let dana = Npi::parse("1234567893")?;
    /// assert_eq!(dana.as_str(), "1234567893");
    ///
    /// assert_eq!(Npi::parse("1234567890").err(), Some(NpiError::CheckDigit));
    /// assert_eq!(Npi::parse("123 456 7893").err(), Some(NpiError::Shape));
    /// // Two swapped digits are found, too.
    /// assert_eq!(Npi::parse("2134567893").err(), Some(NpiError::CheckDigit));
    /// # Ok::<(), NpiError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NpiError> {
        if text.len() != 10 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NpiError::Shape);
        }
        // Luhn over "80840" + the ten digits; the prefix alone adds 24 to the sum.
        let sum = text.bytes().rev().enumerate().fold(24, |sum, (place, byte)| {
            let digit = u32::from(byte - b'0') << (place & 1);
            sum + if digit > 9 { digit - 9 } else { digit }
        });
        if sum % 10 == 0 { Ok(Self(interned(text))) } else { Err(NpiError::CheckDigit) }
    }

    /// Keeps what the server sent, unchecked: test systems use numbers that no registry would issue.
    pub fn from_wire(text: &str) -> Self {
        Self(interned(text))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_npi_is_ten_digits_with_the_right_check_digit() {
        for good in ["1234567893", "1993999998", "1003000126"] {
            assert!(Npi::parse(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("1234567890", NpiError::CheckDigit),
            ("2134567893", NpiError::CheckDigit),
            ("123456789", NpiError::Shape),
            ("12345678931", NpiError::Shape),
            ("12345 6789", NpiError::Shape),
            ("١٢٣٤٥٦٧٨٩٣", NpiError::Shape),
            ("", NpiError::Shape),
        ] {
            assert_eq!(Npi::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_department_identifier_is_the_ehr_and_the_department() {
        let ballard = DepartmentIdentifier::parse("org.northlake.epic.main|100210").unwrap();
        assert_eq!(ballard.ehr.as_str(), "org.northlake.epic.main");
        assert_eq!(ballard.department.as_str(), "100210");
        assert_eq!(ballard.to_text(), "org.northlake.epic.main|100210");
        for bad in ["", "|", "a|", "|1", "no pipe"] {
            assert!(DepartmentIdentifier::parse(bad).is_none(), "{bad}");
        }
    }
}
