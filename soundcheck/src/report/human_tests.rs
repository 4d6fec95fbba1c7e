//! The report for people against the recorded run, escapes stripped.

use super::*;
use crate::report::recorded;
use crate::report::recorded::Disk;
use crate::report::recorded::Page;

fn written(verbose: bool) -> String {
    let page = Page::default();
    let mut human = Human::new(page.clone(), verbose);
    recorded::play(&mut human);
    assert_eq!(human.tally().reported, recorded::judgements().len());
    anstream::adapter::strip_str(&page.text()).to_string()
}

#[test]
fn a_run_in_short() {
    recorded::snapshot("human", &written(false));
}

#[test]
fn a_run_at_length() {
    recorded::snapshot("human_verbose", &written(true));
}

#[test]
fn whatever_was_judged_alone_is_listed_at_length_with_the_reason() {
    let text = written(true);
    let alone = recorded::judgements()
        .into_iter()
        .filter_map(|judgement| Some((judgement.alone.clone()?, judgement)));
    for (why, judgement) in alone {
        let mut lines = text.lines().skip_while(|line| {
            !line.contains(judgement.lane.name()) || !line.contains(&judgement.id)
        });
        let near = lines.by_ref().take(3).collect::<String>();
        assert!(near.contains(&why), "`{why}` is not in\n{text}");
    }
    assert!(!written(false).contains("random sample"));
}

#[test]
fn a_full_disk_is_noticed_down_to_the_last_line() {
    let page = Page::default();
    recorded::play(&mut Human::new(page.clone(), true));
    let room = page.text().len();
    for room in [0, room / 2, room - 1] {
        let mut human = Human::new(Disk(room), true);
        recorded::play(&mut human);
        assert!(human.tally().failure.is_some(), "in {room} bytes");
    }
}
