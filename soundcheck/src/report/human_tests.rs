//! The report for people at length; in short it is tested with all formats.

use super::*;
use crate::report::recorded;
use crate::report::recorded::Page;

fn written(verbose: bool) -> String {
    let page = Page::default();
    let mut human = Human::new(page.clone(), verbose);
    recorded::play(&mut human);
    assert_eq!(human.tally().reported, recorded::judgements().len());
    anstream::adapter::strip_str(&page.text()).to_string()
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
