//! A space of page numbers and its holes (`drivers/gpu/drm/drm_mm.c`, in the mode that mapping
//! offsets are given out in): a range is taken from the start of the smallest hole that has room
//! for it, and of holes of one size from the newest.

use std::ops::Range;

/// The free parts of a space.
pub(super) struct Space {
    /// Holes that do not touch, the oldest first. One that shrinks or grows is a new one.
    holes: Vec<Range<u64>>,
}

impl Space {
    /// A space in which nothing is taken.
    pub(super) fn new(all: Range<u64>) -> Self {
        Self { holes: vec![all] }
    }

    /// Takes some pages, and returns the first; none when no hole has room, or for no pages.
    pub(super) fn take(&mut self, pages: u64) -> Option<u64> {
        let size = |hole: &Range<u64>| hole.end - hole.start;
        let holes = self.holes.iter().enumerate().rev();
        let (best, _) = holes
            .filter(|(_, hole)| pages > 0 && size(hole) >= pages)
            .min_by_key(|(_, hole)| size(hole))?;
        let hole = self.holes.remove(best);
        let rest = hole.start + pages..hole.end;
        if !rest.is_empty() {
            self.holes.push(rest);
        }
        Some(hole.start)
    }

    /// Gives a range back, which becomes one with the holes that it touches.
    pub(super) fn give_back(&mut self, range: Range<u64>) {
        let mut whole = range.clone();
        self.holes.retain(|hole| {
            let touches = hole.end == range.start || hole.start == range.end;
            if touches {
                whole = whole.start.min(hole.start)..whole.end.max(hole.end);
            }
            !touches
        });
        self.holes.push(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_hole_with_room_is_taken() {
        let mut space = Space::new(0..20);
        let starts: Vec<_> = [3, 1, 2, 1].map(|pages| space.take(pages)).into();
        assert_eq!(starts, [Some(0), Some(3), Some(4), Some(6)]);
        space.give_back(0..3);
        space.give_back(4..6);
        assert_eq!(space.take(1), Some(4));
        assert_eq!(space.take(2), Some(0));
        assert_eq!(space.take(3), Some(7));
    }

    #[test]
    fn of_equal_holes_the_newest_is_taken() {
        let mut space = Space::new(0..10);
        assert_eq!(space.take(10), Some(0));
        for start in [4, 8, 1] {
            space.give_back(start..start + 1);
        }
        assert_eq!(
            [1, 1, 1].map(|pages| space.take(pages)),
            [Some(1), Some(8), Some(4)]
        );
    }

    #[test]
    fn neighbours_become_one_hole() {
        let mut space = Space::new(0..4);
        assert_eq!(space.take(4), Some(0));
        for page in [0, 2, 1] {
            space.give_back(page..page + 1);
        }
        assert_eq!(space.take(3), Some(0));
        assert_eq!(space.take(1), None);
    }

    #[test]
    fn no_pages_have_no_place() {
        assert_eq!(Space::new(0..4).take(0), None);
    }
}
