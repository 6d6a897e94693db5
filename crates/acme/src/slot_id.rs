//! Slot ids: opaque base64 that reveals nothing, cannot be guessed, and depends only on the slot and the seed.
//!
//! An id is the description of its slot, encrypted and authenticated (AES-SIV, which needs no nonce), so Acme
//! recognises its own ids without a table of them.

use aes_siv::KeyInit;
use aes_siv::siv::Aes128Siv;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// Which booking call a slot is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Listed by a department's timeslots (API reference §2.3), booked as retail (§2.25).
    Retail,
    /// Listed by a provider's timeslots (§2.6), booked with the provider (§2.26).
    Provider,
}

impl Kind {
    /// `retail` or `provider`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retail => "retail",
            Self::Provider => "provider",
        }
    }
}

/// The slot that an id describes; the numbers are indexes into the world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotKey {
    /// Which booking call the slot is for.
    pub kind: Kind,
    /// Index of the clinician.
    pub who: u16,
    /// Index into that clinician's posts; a post is the clinician's work at one clinic.
    pub post: u8,
    /// Index of the visit type.
    pub visit_type: u16,
    /// When the slot starts.
    pub start: DateTime<Utc>,
}

/// Makes and reads the slot ids of one seed.
pub struct SlotIds {
    key: [u8; 32],
}

impl SlotIds {
    /// The slot ids of this seed.
    pub fn new(seed: u64) -> Self {
        let digest = Sha256::digest(format!("acme slot ids {seed}"));
        Self { key: digest.into() }
    }

    fn cipher(&self) -> Aes128Siv {
        Aes128Siv::new(&self.key.into())
    }

    /// Makes the id of a slot.
    pub fn seal(&self, slot: SlotKey) -> String {
        let mut plain = vec![u8::from(slot.kind == Kind::Provider), slot.post];
        plain.extend(slot.who.to_be_bytes());
        plain.extend(slot.visit_type.to_be_bytes());
        plain.extend(slot.start.timestamp().to_be_bytes());
        let sealed = self.cipher().encrypt([[0_u8; 0]; 0], &plain).unwrap_or_default();
        STANDARD.encode(sealed)
    }

    /// Reads an id; `None` if Acme did not make it.
    pub fn open(&self, id: &str) -> Option<SlotKey> {
        let sealed = STANDARD.decode(id).ok()?;
        let plain = self.cipher().decrypt([[0_u8; 0]; 0], &sealed).ok()?;
        let plain: [u8; 14] = plain.try_into().ok()?;
        let [kind, post, w0, w1, v0, v1, start @ ..] = plain;
        Some(SlotKey {
            kind: if kind == 0 { Kind::Retail } else { Kind::Provider },
            who: u16::from_be_bytes([w0, w1]),
            post,
            visit_type: u16::from_be_bytes([v0, v1]),
            start: DateTime::from_timestamp(i64::from_be_bytes(start), 0)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, SlotIds, SlotKey};
    use chrono::DateTime;

    #[test]
    fn an_id_opens_under_its_own_seed_only_and_never_when_altered() {
        let start = DateTime::from_timestamp(1_796_773_200, 0).expect("a date");
        let slot = SlotKey { kind: Kind::Provider, who: 39, post: 1, visit_type: 17, start };
        let id = SlotIds::new(1).seal(slot);
        assert_eq!(SlotIds::new(1).open(&id), Some(slot));
        assert_eq!(SlotIds::new(2).open(&id), None);
        let altered = if id.starts_with('A') { id.replacen('A', "B", 1) } else { format!("A{}", &id[1..]) };
        assert_eq!(SlotIds::new(1).open(&altered), None);
        assert_eq!(SlotIds::new(1).open("bmwtc2xvdC0xMDAyMTAtMTU0MA=="), None);
    }
}
