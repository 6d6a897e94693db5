//! After the submit: booked, or not known to be.

use booking::flow::outcome::Confirmation;
use booking::schedule::Time;

use super::{Cx, wording};
use crate::ui;
use crate::ui::element::{El, el};

/// Confirmed.
pub fn draw(cx: &Cx, body: El, time: &Time, confirmation: &Confirmation) -> El {
    let banner = el("div", "fat-banner").part("alert").child(cx.heading("booked.heading"));
    let banner = banner.child(cx.line("", "booked.text"));
    let join = confirmation.meeting.as_ref().map(|meeting| {
        let link = meeting.join_url.as_ref().map(|url| {
            let link = el("a", "fat-button fat-primary")
                .part("button button-primary")
                .attr_text("href", url.clone());
            link.attr("rel", "noopener noreferrer").attr("target", "_blank").text(cx.t("booked.join"))
        });
        let lines = [
            ("booked.dial", &meeting.toll_number),
            ("booked.conference", &meeting.conference_id),
            ("booked.password", &meeting.password),
        ];
        let lines = lines
            .into_iter()
            .filter_map(|(key, value)| Some(cx.words.with(key, &[("value", value.as_ref()?)])));
        el("div", "fat-join").maybe(link).child(ui::lines(lines.collect()))
    });
    body.child(banner)
        .child(facts(cx, time))
        .maybe(join)
        .child(cx.line("", "booked.bring"))
        .child(cx.line("", "pay.arrival"))
        .child(el("slot", "").attr("name", "confirmation"))
}

/// It may or may not be booked; nothing here can send it again.
pub fn draw_unconfirmed(cx: &Cx, body: El, time: &Time) -> El {
    let alert = ui::alert("fat-alert fat-danger", cx.t("unconfirmed.what"))
        .child(cx.line("fat-strong", "unconfirmed.do"));
    body.child(cx.heading("unconfirmed.heading")).child(alert.child(wording::call(cx))).child(facts(cx, time))
}

/// When, with whom and where.
pub fn facts(cx: &Cx, time: &Time) -> El {
    let [day, hour] = wording::when(cx.words, time);
    let strong = |class, text| Some(ui::line(class, text));
    let (name, address) = wording::place(cx, time).unzip();
    let rows = [
        strong("fat-strong fat-large", day),
        strong("fat-strong fat-large", hour),
        wording::visit_type(cx, time).map(|name| ui::line("fat-apart", name)),
        wording::clinician(cx, time).map(|name| ui::line("", name)),
        name.map(|name| ui::line("fat-strong fat-apart", name)),
        address.map(|address| ui::line("", address)),
        wording::phone(cx).map(|phone| el("p", "").child(ui::phone(phone))),
    ];
    el("div", "fat-summary fat-facts")
        .part("summary")
        .children(rows.into_iter().flatten().map(Into::into).collect())
}
