//! Series that are whole, and those that are not, in the forms in which mail
//! programs leave them.

use std::collections::BTreeSet;

use super::*;

/// A mail with a patch of one line.
fn mail(subject: &str) -> String {
    format!(
        "From 1111111111222222222233333333334444444444 Mon Sep 17 00:00:00 2001\n\
         From: Somebody <somebody@example.org>\nSubject: {subject}\n\nSays why.\n---\n f | 2 +-\n \
         1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/f b/f\n--- a/f\n+++ b/f\n\
         @@ -1 +1 @@\n-one\n+two\n-- \n2.47\n\n"
    )
}

fn letter(subject: &str) -> String {
    format!("From a@b Mon Sep 17 00:00:00 2001\nSubject: {subject}\n\n> +quoted\nHello.\n")
}

fn parse(input: &str) -> Result<Series, String> {
    let series = Series::parse("v2.mbox", input.as_bytes());
    series.map_err(|error| error.to_string())
}

#[track_caller]
fn refuses(input: &str, line: &str) {
    let said = parse(input).expect_err("the series is not whole");
    assert!(said.contains(line), "`{line}` is not in `{said}`");
    assert!(said.contains("; next: ") && !said.contains('\n'), "{said}");
}

#[test]
fn patches_come_in_their_order_and_letters_are_counted() {
    let input = [
        letter("[PATCH v2 0/2] drm: two things"),
        mail("[PATCH v2 2/2] drm: the second"),
        letter("Re: [PATCH v2 1/2] drm: the first"),
        mail("[PATCH v2 1/2] drm: the first"),
    ];
    let series = parse(&input.concat()).expect("the series is whole");
    let labels: Vec<String> = series.patches.iter().map(Patch::label).collect();
    assert_eq!(
        labels,
        [
            "[PATCH v2 1/2] drm: the first",
            "[PATCH v2 2/2] drm: the second"
        ]
    );
    assert_eq!((series.covers, series.passed_over), (1, 1));
    assert_eq!(series.patches[0].paths(), BTreeSet::from(["f".into()]));
}

#[test]
fn patches_without_numbers_come_as_they_are() {
    let input = [mail("[PATCH] one"), mail("[PATCH] two")].concat();
    let series = parse(&input).expect("the series is whole");
    let numbers = series
        .patches
        .iter()
        .map(|patch| (patch.number, patch.total));
    assert_eq!(numbers.collect::<Vec<_>>(), [(1, 2), (2, 2)]);
}

#[test]
fn a_bare_diff_is_a_series_of_one() {
    let mail = mail("x");
    let diff = &mail[mail.find("diff --git").expect("it has a diff")..];
    let series = parse(diff).expect("a diff is enough");
    assert_eq!(series.patches[0].label(), "[PATCH] v2.mbox");
    let mail = &series.patches[0].mail;
    assert_eq!(mail.origin(5), 5);
}

#[test]
fn the_base_is_what_any_mail_says() {
    let input = mail("[PATCH] x").replace("-- \n2.47", "base-commit: 0123456789abcdef\n-- \n2.47");
    let series = parse(&input).expect("the series is whole");
    assert_eq!(series.base.as_deref(), Some("0123456789ab"));
}

#[test]
fn what_is_missing_is_named() {
    let one = mail("[PATCH 1/3] x");
    refuses(&one, "v2.mbox: patches 2, 3 of 3 are missing");
    let two = [one, mail("[PATCH 3/3] z")].concat();
    refuses(&two, "v2.mbox: patch 2 of 3 is missing");
}

#[test]
fn what_is_there_twice_or_does_not_belong_is_named() {
    let (one, two) = (mail("[PATCH 1/2] x"), mail("[PATCH 2/2] y"));
    refuses(
        &[one.as_str(), &two, &two].concat(),
        "v2.mbox:37: patch 2 of 2 is there twice",
    );
    refuses(
        &[one.as_str(), &mail("[PATCH v2 2/2] y")].concat(),
        "has patches of versions 1 and 2",
    );
    refuses(
        &[one.as_str(), &mail("[PATCH 2/4] y")].concat(),
        "has patches of more than one series",
    );
}

#[test]
fn what_was_cut_off_is_named_with_its_line() {
    let whole = [mail("[PATCH 1/2] x"), mail("[PATCH 2/2] y")].concat();
    let at = |text: &str| whole.rfind(text).expect("the text is there");
    refuses(
        &whole[..at("+two")],
        "v2.mbox:32: patch 2 of 2 cannot be read: corrupt patch",
    );
    refuses(&whole[..at("@@ -1")], "v2.mbox:");
    refuses(
        &whole[..at("diff --git")],
        "v2.mbox:19: patch 2 of 2 has no diff",
    );
    refuses(
        &whole[..at("Says why")],
        "v2.mbox:19: patch 2 of 2 has no body",
    );
    refuses(
        &whole[..at("From 1111")],
        "v2.mbox: patch 2 of 2 is missing",
    );
}

#[test]
fn every_prefix_of_a_series_is_refused_or_whole() {
    let whole = [mail("[PATCH 1/2] x"), mail("[PATCH 2/2] y")].concat();
    let end = whole.rfind("\n-- \n").expect("it has a signature");
    // At the ends of lines, and in the middle of them.
    let cuts = whole[..end].match_indices([' ', '\n']);
    for length in cuts.map(|(at, _)| at + 1).filter(|length| *length < end) {
        let said = parse(&whole[..length]);
        assert!(said.is_err(), "{length}: {}", &whole[..length]);
    }
    assert!(parse(&whole[..=end]).is_ok());
}

#[test]
fn what_is_no_series_is_refused() {
    refuses("", "v2.mbox: is empty");
    refuses(" \n\n", "v2.mbox: is empty");
    refuses(
        "Hello there.\n",
        "is neither a mail with a patch nor a diff",
    );
    refuses(&letter("Hello"), "has no patch in it, only other mails (1)");
    let said = Series::parse("x.gz", &[0x1f, 0x8b, 8, 0]).expect_err("it is compressed");
    assert_eq!(
        said.to_string(),
        "x.gz: is compressed; next: gunzip it first"
    );
}

#[test]
fn a_path_is_told_by_either_side_of_the_diff() {
    let input = mail("[PATCH] x").replace("+++ b/f", "+++ b/g");
    let renamed = input.replace("--- a/f", "rename from old\nrename to g\n--- a/old");
    let series = parse(&renamed).map(|series| series.patches[0].paths());
    let paths = ["g", "old"].map(camino::Utf8PathBuf::from);
    assert_eq!(series, Ok(BTreeSet::from(paths)));
}
