//! The simulated health systems: clinics, clinicians, what they offer, when they are free, and the patients.
//!
//! Everything here is a pure function of the seed and a point in time. What people change (bookings, new patients) is
//! in the store.

pub mod billing;
mod care;
pub(crate) mod chance;
pub mod clinics;
pub mod geography;
pub mod npi;
pub mod people;
pub mod pools;
pub mod practices;
pub mod roster;
pub mod schedule;
pub mod visit_types;

use uuid::Uuid;

use clinics::Clinic;
use roster::{Clinician, Post};
use visit_types::VisitType;

/// Days ahead for which slots exist; a visit type's own look-ahead can be shorter.
pub const HORIZON_DAYS: u32 = 90;

/// The world of one seed.
pub struct World {
    /// The seed of every draw.
    pub seed: u64,
    /// All clinics, in the order they are listed.
    pub clinics: Vec<Clinic>,
    /// All clinicians; indexes into this list are stable for a seed.
    pub clinicians: Vec<Clinician>,
}

impl World {
    /// Builds the clinics and clinicians of a seed.
    pub fn new(seed: u64) -> Self {
        let clinics = clinics::all();
        let clinicians = roster::all(seed, &clinics);
        Self { seed, clinics, clinicians }
    }

    /// Index of the clinic with this `urlName`.
    pub fn clinic(&self, url_name: &str) -> Option<usize> {
        self.clinics.iter().position(|clinic| clinic.url_name == url_name)
    }

    /// Index of the clinic with this compound key, `<ehrSystemName>|<departmentId>`.
    pub fn clinic_by_identifier(&self, identifier: &str) -> Option<usize> {
        self.clinics.iter().position(|clinic| clinic.identifier() == identifier)
    }

    /// Index of the clinician with this NPI.
    pub fn clinician(&self, npi: &str) -> Option<usize> {
        self.clinicians.iter().position(|clinician| clinician.npi == npi)
    }

    /// Everybody who works at a clinic: index of the clinician, index of the post there, clinician, post.
    pub fn staff(&self, clinic: usize) -> impl Iterator<Item = (usize, usize, &Clinician, &Post)> {
        self.clinicians.iter().enumerate().flat_map(move |(who, clinician)| {
            let posts = clinician.posts.iter().enumerate().filter(move |(_, post)| post.clinic == clinic);
            posts.map(move |(at, post)| (who, at, clinician, post))
        })
    }

    /// The visit types that patients may book at a clinic: those its clinicians offer under a short name, each once.
    pub fn allowed_visit_types(&self, clinic: usize) -> Vec<&'static VisitType> {
        let mut allowed: Vec<&'static VisitType> = Vec::new();
        for (_, _, _, post) in self.staff(clinic) {
            for &visit_type in &post.visit_types {
                if visit_type.short_name.is_some()
                    && !allowed.iter().any(|known| std::ptr::eq(*known, visit_type))
                {
                    allowed.push(visit_type);
                }
            }
        }
        allowed.sort_by_key(|visit_type| visit_type.index);
        allowed
    }
}

/// A GUID that is the same for the same seed and name.
fn guid(seed: u64, name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("acme:{seed}:{name}").as_bytes())
}
