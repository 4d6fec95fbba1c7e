//! The JUnit document, parsed back by another library than wrote it.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;
use quick_xml::events::Event as Xml;
use quick_xml::Reader;
use quick_xml::XmlVersion;

use super::*;
use crate::report::recorded;
use crate::report::recorded::Page;

/// What a document says, as far as a CI server counts it.
#[derive(Debug, Default)]
struct Document {
    /// The numbers that each element with numbers claims: tests, failures, errors.
    claimed: BTreeMap<String, [usize; 3]>,
    /// The numbers of the elements that are there.
    counted: BTreeMap<String, [usize; 3]>,
    /// The texts of the failures.
    texts: Vec<String>,
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let attribute = element
        .try_get_attribute(name)
        .expect("attributes are well formed");
    let attribute = attribute.unwrap_or_else(|| panic!("there is no attribute {name}"));
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.expect("the value is escaped").into_owned()
}

fn numbers(element: &BytesStart<'_>) -> [usize; 3] {
    ["tests", "failures", "errors"].map(|name| {
        let number = attribute(element, name);
        number.parse().expect("it is a number")
    })
}

fn parse(text: &str) -> Document {
    let mut reader = Reader::from_str(text);
    let (mut document, mut suite) = (Document::default(), String::new());
    loop {
        match reader.read_event().expect("the document is well formed") {
            Xml::Eof => return document,
            Xml::Start(element) | Xml::Empty(element) => match element.name().as_ref() {
                b"testsuites" => {
                    let numbers = numbers(&element);
                    document.claimed.insert("all".to_owned(), numbers);
                }
                b"testsuite" => {
                    suite = attribute(&element, "name");
                    document.claimed.insert(suite.clone(), numbers(&element));
                }
                b"testcase" => count(&mut document, &suite, 0),
                b"failure" => count(&mut document, &suite, 1),
                b"error" => count(&mut document, &suite, 2),
                _ => {}
            },
            Xml::Text(text) => {
                let text = text.decode().expect("texts are UTF-8").into_owned();
                document.texts.push(text);
            }
            Xml::CData(text) => {
                let text = text.decode().expect("texts are UTF-8").into_owned();
                document.texts.push(text);
            }
            _ => {}
        }
    }
}

fn count(document: &mut Document, suite: &str, column: usize) {
    for name in ["all", suite] {
        document.counted.entry(name.to_owned()).or_default()[column] += 1;
    }
}

fn written() -> String {
    let page = Page::default();
    recorded::play(&mut Junit::new(page.clone()));
    page.text()
}

#[test]
fn the_numbers_of_the_document_are_those_of_its_elements_and_of_the_run() {
    let document = parse(&written());
    assert_eq!(document.claimed, document.counted);
    let run = recorded::summary();
    for (lane, counts) in &run.lanes {
        let [tests, failures, errors] = document.counted[lane.name()];
        assert_eq!((tests, failures, errors), (counts.total, counts.failed, 0));
    }
    assert_eq!(document.counted["ledger"], [1, 0, 1]);
}

#[test]
fn what_a_program_wrote_survives_without_escapes() {
    let text = written();
    assert!(!text.contains('\u{1b}'));
    assert!(!text.contains("]]>"), "this must not occur in a text");
    let texts = parse(&text).texts.concat();
    assert!(texts.contains("100% "), "{texts}");
    assert!(texts.contains("日本"), "{texts}");
}

#[test]
fn a_run_without_problems_has_a_good_ledger() {
    let page = Page::default();
    let mut junit = Junit::new(page.clone());
    junit.settle(&Summary::default());
    let document = parse(&page.text());
    assert_eq!(document.counted["all"], [1, 0, 0]);
}
