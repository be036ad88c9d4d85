//! What the words of a time expression say, before anything is known of its context.

use super::calendar::Season;
use super::value::{DayPart, Reference, TimexModifier, Unit};

/// The things that words of a time expression can say. Each holds a small number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Slot {
    /// A year in full.
    Year,
    /// The year that a range ends in.
    Year2,
    /// The last two digits of a year.
    ShortYear,
    /// 1 to 12.
    Month,
    /// The month that a range ends in.
    Month2,
    /// 1 to 31.
    Day,
    /// The day that a range ends on.
    Day2,
    /// 1 (Monday) to 7.
    Weekday,
    /// A [`Season`].
    Season,
    /// 1 to 4.
    Quarter,
    /// 1 or 2.
    Half,
    /// The first three digits of a decade, or 0 to 9 for one without its century.
    Decade,
    /// First, second, …: 1, 2, …; -1 for the last.
    Ordinal,
    /// How many; -1 for an untold number.
    Count,
    /// The upper bound of a count: `two to three weeks`.
    Count2,
    /// Tenths beside the count.
    Tenths,
    /// A [`Unit`].
    Unit,
    /// How many units from now: last -1, this 0, next 1.
    Shift,
    /// How many units from the date before: previous -1, same 0, following 1.
    Anaphor,
    /// Years from this one: `last year` beside a month.
    YearShift,
    /// Days from today.
    DayShift,
    /// Back (-1) or forth (1).
    Direction,
    /// A [`TimexModifier`].
    Modifier,
    /// A [`DayPart`].
    Part,
    /// 0 to 24.
    Hour,
    /// 0 to 59.
    Minute,
    /// 0 to 59.
    Second,
    /// 0 for a.m., 12 for p.m.
    Meridiem,
    /// A [`Reference`].
    Reference,
    /// A day of every year, by its number in the list of holidays.
    Holiday,
    /// Three numbers of a date in figures.
    First,
    /// The second of them.
    Middle,
    /// The third.
    Third,
}

impl Slot {
    /// The slots by their names in the dictionary.
    pub(super) const NAMES: [(&'static str, Slot); 33] = [
        ("year", Slot::Year),
        ("year2", Slot::Year2),
        ("short-year", Slot::ShortYear),
        ("month", Slot::Month),
        ("month2", Slot::Month2),
        ("day", Slot::Day),
        ("day2", Slot::Day2),
        ("weekday", Slot::Weekday),
        ("season", Slot::Season),
        ("quarter", Slot::Quarter),
        ("half", Slot::Half),
        ("decade", Slot::Decade),
        ("ordinal", Slot::Ordinal),
        ("count", Slot::Count),
        ("count2", Slot::Count2),
        ("tenths", Slot::Tenths),
        ("unit", Slot::Unit),
        ("shift", Slot::Shift),
        ("anaphor", Slot::Anaphor),
        ("year-shift", Slot::YearShift),
        ("day-shift", Slot::DayShift),
        ("direction", Slot::Direction),
        ("modifier", Slot::Modifier),
        ("part", Slot::Part),
        ("hour", Slot::Hour),
        ("minute", Slot::Minute),
        ("second", Slot::Second),
        ("meridiem", Slot::Meridiem),
        ("reference", Slot::Reference),
        ("holiday", Slot::Holiday),
        ("first", Slot::First),
        ("middle", Slot::Middle),
        ("third", Slot::Third),
    ];

    /// The number that `value` stands for in this slot: a figure, or a name that the slot knows.
    pub(super) fn number(self, value: &str) -> Option<i16> {
        fn place<T>(names: &[(&str, T)], value: &str) -> Option<i16> {
            names.iter().position(|(name, _)| *name == value).map(|at| at as i16)
        }
        match self {
            Slot::Unit => place(&Unit::NAMES, value),
            Slot::Season => place(&Season::NAMES, value),
            Slot::Modifier => place(&TimexModifier::NAMES, value),
            Slot::Part => place(&DayPart::NAMES, value),
            Slot::Reference => place(&Reference::NAMES, value),
            _ => value.parse().ok(),
        }
    }
}

const SLOTS: usize = Slot::NAMES.len();

/// A bit a slot.
const _: () = assert!(SLOTS <= 64);

/// The slots that the words of an expression fill.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Slots {
    values: [i16; SLOTS],
    filled: u64,
}

impl Default for Slots {
    fn default() -> Self {
        Slots { values: [0; SLOTS], filled: 0 }
    }
}

impl Slots {
    pub(super) fn set(&mut self, slot: Slot, value: i16) {
        self.values[slot as usize] = value;
        self.filled |= 1 << slot as u64;
    }

    pub(super) fn get(&self, slot: Slot) -> Option<i16> {
        self.has(slot).then(|| self.values[slot as usize])
    }

    pub(super) fn has(&self, slot: Slot) -> bool {
        self.filled >> slot as u64 & 1 == 1
    }

    /// The value of a slot as a small number that is not negative.
    pub(super) fn small(&self, slot: Slot) -> Option<u8> {
        self.get(slot).and_then(|value| u8::try_from(value).ok())
    }

    fn named<T: Copy>(&self, slot: Slot, names: &[(&str, T)]) -> Option<T> {
        self.get(slot).and_then(|at| names.get(usize::try_from(at).ok()?)).map(|(_, value)| *value)
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        self.named(Slot::Unit, &Unit::NAMES)
    }

    pub(super) fn season(&self) -> Option<Season> {
        self.named(Slot::Season, &Season::NAMES)
    }

    pub(super) fn modifier(&self) -> Option<TimexModifier> {
        self.named(Slot::Modifier, &TimexModifier::NAMES)
    }

    pub(super) fn part(&self) -> Option<DayPart> {
        self.named(Slot::Part, &DayPart::NAMES)
    }

    pub(super) fn reference(&self) -> Option<Reference> {
        self.named(Slot::Reference, &Reference::NAMES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_stand_at_their_numbers() {
        assert!(Slot::NAMES.iter().enumerate().all(|(at, (_, slot))| *slot as usize == at));
    }

    #[test]
    fn names_become_numbers_and_come_back() {
        let mut slots = Slots::default();
        assert_eq!(slots.unit(), None);
        slots.set(Slot::Unit, Slot::Unit.number("week").unwrap());
        assert_eq!(slots.unit(), Some(Unit::Week));
        assert_eq!(Slot::Month.number("12"), Some(12));
        assert_eq!(Slot::Unit.number("fortnight"), None);
    }
}
