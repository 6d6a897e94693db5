//! The calls that carry out each write.

use booking::api::{Answer, Write};
use booking::outcome::{ApiError, Outcome};

use super::{Context, Decode, Exchange, NoAnswer, Reply, Then, is_success, prepare};
use crate::error::cancel_error;
use crate::request::{Call, Request};
use crate::{
    BookClinician, BookDepartment, CancelClinicVisit, JoinVisit, LeaveVisit, RecordOwner, SavePatient,
};

/// Begins a write. It is sent once, and never repeated, whatever the reply.
pub fn begin_write(write: Write, context: Context) -> Exchange {
    let Context { brand, language, card, is_local, .. } = context;
    let (request, decode): (Request, Decode) = match write {
        Write::SaveSelf(demographics, ehr) => {
            let call = SavePatient { owner: RecordOwner::AccountHolder, demographics: *demographics, ehr };
            prepare(call, Answer::Saved)
        }
        Write::SaveOther(demographics, ehr) => {
            let call = SavePatient { owner: RecordOwner::Other, demographics: *demographics, ehr };
            prepare(call, Answer::SavedOther)
        }
        Write::BookDepartment(visit) => {
            let call = BookDepartment { visit: *visit, card };
            (call.request(), Box::new(move |reply| judge(reply, |status, body| call.outcome(status, body))))
        }
        Write::BookClinician(visit) => {
            let call = BookClinician { visit: *visit, card };
            (call.request(), Box::new(move |reply| judge(reply, |status, body| call.outcome(status, body))))
        }
        Write::Join(visit) => {
            let call = JoinVisit { visit: *visit, brand, language, card, is_local };
            (call.request(), Box::new(move |reply| judge(reply, |status, body| call.outcome(status, body))))
        }
        Write::CancelClinicVisit(visit, reason) => cancel(&CancelClinicVisit { visit, reason }),
        Write::CancelOnDemand(leave) => cancel(&LeaveVisit { leave: *leave }),
    };
    Exchange { request, fresh: true, then: Then::Decode(decode) }
}

/// The outcome of a booking. Without a reply it is unknown, not a failure: the host may have booked the visit.
fn judge(reply: Reply, read: impl Fn(u16, &[u8]) -> Outcome) -> Answer {
    Answer::Booking(reply.map_or(Outcome::Unknown, |response| read(response.status, &response.body)))
}

/// The request of a cancel, and the function that reads its reply. The body of a 2xx does not matter (API
/// reference §2.32–2.34, §2.38), unless it is an HTML page: then something between the widget and the host
/// answered, and possibly nothing was cancelled.
fn cancel(call: &impl Call<Answer = ()>) -> (Request, Decode) {
    let decode = |reply: Reply| {
        Answer::Cancelled(match reply {
            Ok(response) if is_success(response.status) && is_page(&response.body) => Err(ApiError::Server),
            Ok(response) if is_success(response.status) => Ok(()),
            Ok(response) => Err(cancel_error(response.status)),
            Err(NoAnswer) => Err(ApiError::Network),
        })
    };
    (call.request(), Box::new(decode))
}

/// Whether the body is HTML, which no call answers with.
fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}
