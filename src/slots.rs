//! Numbers found by the hash of what they stand for: open addressing, without a seed and without an order to see.

/// A table of numbers from 1 on. What they stand for is their owner's: the table asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    /// A number, or 0 where the slot is free. A power of two long, at most half full.
    slots: Vec<u32>,
    held: usize,
}

impl Default for Slots {
    fn default() -> Self {
        Slots { slots: vec![0; 1 << 8], held: 0 }
    }
}

impl Slots {
    /// The number with this hash that `is` the one looked for; 0 where none is.
    #[inline]
    pub fn find(&self, hash: u32, is: impl Fn(u32) -> bool) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let number = self.slots[at];
            if number == 0 || is(number) {
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a number that is not there yet. `hash_of` gives the hash of any number that is.
    pub fn insert(&mut self, hash: u32, number: u32, hash_of: impl Fn(u32) -> u32) {
        self.held += 1;
        if self.held * 2 > self.slots.len() {
            let larger = self.slots.len() * if self.held < 1 << 18 { 4 } else { 2 };
            for number in std::mem::replace(&mut self.slots, vec![0; larger]) {
                if number != 0 {
                    self.place(hash_of(number), number);
                }
            }
        }
        self.place(hash, number);
    }

    fn place(&mut self, hash: u32, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = number;
    }
}

const K: u64 = 0x517c_c1b7_2722_0a95;

/// Multiply and rotate over eight bytes at a time, as in the Fx hash: the same on every machine. The last eight bytes may
/// overlap those before, so that no length needs a loop over single bytes.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mix = |state: u64, word: u64| (state.rotate_left(5) ^ word).wrapping_mul(K);
    let eight = |at: usize| bytes[at..].first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk));
    let four = |at: usize| bytes[at..].first_chunk().map_or(0, |chunk| u64::from(u32::from_le_bytes(*chunk)));
    let len = bytes.len();
    let mut state = len as u64;
    if len >= 8 {
        let mut at = 0;
        while at + 8 < len {
            state = mix(state, eight(at));
            at += 8;
        }
        state = mix(state, eight(len - 8));
    } else if len >= 4 {
        state = mix(state, four(0) << 32 | four(len - 4));
    } else if len > 0 {
        let at = |place: usize| u64::from(bytes[place]);
        state = mix(state, at(0) << 16 | at(len / 2) << 8 | at(len - 1));
    }
    (state ^ (state >> 32)) as u32
}

/// The hash of a pair of numbers.
#[inline]
pub(crate) fn hash_pair(first: u32, second: u32) -> u32 {
    ((u64::from(first) << 32 | u64::from(second)).wrapping_mul(K) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_again_however_many_there_are() {
        let mut slots = Slots::default();
        for number in 1..5_000 {
            // Every hash is shared by three.
            let of = |number: u32| hash_pair(7, number / 3);
            assert_eq!(slots.find(of(number), |known| known == number), 0);
            slots.insert(of(number), number, of);
        }
        for number in 1..5_000 {
            assert_eq!(slots.find(hash_pair(7, number / 3), |known| known == number), number);
        }
    }
}
