//! Work shared out to threads whose results are taken in order, so many bytes of it at a time.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// No more bytes of input than these are in work or wait for their turn, but for one piece that is larger.
const BYTES_AT_ONCE: u64 = 4 << 20;
/// A piece ends when it has so many bytes,
const PIECE_BYTES: u64 = 128 << 10;
/// or so many inputs.
const PIECE_INPUTS: usize = 256;

/// Cuts inputs of these sizes into pieces, makes something of each on `threads` threads, and hands the results to
/// `take` in their order. The threads take turns in that too: no more are used than `threads`.
///
/// The first error of `take` ends the work.
pub fn in_order<T, E>(
    sizes: &[u64],
    threads: usize,
    make: impl Fn(Range<usize>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E>
where
    T: Send,
    E: Send,
{
    let lanes = Lanes {
        sizes,
        make,
        turn: Mutex::new(Turn { next: 0, bytes: 0, made: BTreeMap::new(), taken: 0, is_open: true, failed: None }),
        changed: Condvar::new(),
        take: Mutex::new(take),
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where no further thread can be had, those that there are do the work.
            let _ = std::thread::Builder::new().spawn_scoped(scope, || lanes.work());
        }
        lanes.work();
    });
    let turn = lanes.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    turn.failed.map_or(Ok(()), Err)
}

struct Lanes<'s, M, F, T, E> {
    sizes: &'s [u64],
    make: M,
    turn: Mutex<Turn<T, E>>,
    changed: Condvar,
    take: Mutex<F>,
}

/// How far the work is.
struct Turn<T, E> {
    /// The first input that no thread has.
    next: usize,
    /// How many bytes are in work or wait.
    bytes: u64,
    /// What waits for its turn: its end, its bytes and itself, by its first input.
    made: BTreeMap<usize, (usize, u64, T)>,
    /// The first input whose result is not taken yet.
    taken: usize,
    /// Whether work is given out: not after an error or a panic.
    is_open: bool,
    failed: Option<E>,
}

impl<M, F, T, E> Lanes<'_, M, F, T, E>
where
    M: Fn(Range<usize>) -> T,
    F: FnMut(T) -> Result<(), E>,
{
    fn work(&self) {
        let closing = Closing(self);
        while let Some((piece, bytes)) = self.begin() {
            let made = (self.make)(piece.clone());
            self.lock().made.insert(piece.start, (piece.end, bytes, made));
            self.take_ready();
        }
        std::mem::forget(closing);
    }

    /// The next piece, as soon as there is room for it.
    fn begin(&self) -> Option<(Range<usize>, u64)> {
        let mut turn = self.lock();
        loop {
            if !turn.is_open || turn.next == self.sizes.len() {
                return None;
            }
            let (end, bytes) = self.piece(turn.next);
            if turn.bytes == 0 || turn.bytes + bytes <= BYTES_AT_ONCE {
                let start = std::mem::replace(&mut turn.next, end);
                turn.bytes += bytes;
                return Some((start..end, bytes));
            }
            turn = self.changed.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The end of the piece that begins with an input, and its bytes. An empty input counts as a byte.
    fn piece(&self, start: usize) -> (usize, u64) {
        let mut bytes = 0;
        let mut end = start;
        while end < self.sizes.len() && end - start < PIECE_INPUTS {
            let size = self.sizes[end].max(1);
            if end > start && bytes + size > PIECE_BYTES {
                break;
            }
            bytes += size;
            end += 1;
        }
        (end, bytes)
    }

    /// Takes what has its turn, unless another thread is at it.
    fn take_ready(&self) {
        let mut turn = self.lock();
        loop {
            let at = turn.taken;
            if !turn.is_open || !turn.made.contains_key(&at) {
                return;
            }
            let Ok(mut take) = self.take.try_lock() else { return };
            let Some((end, bytes, made)) = turn.made.remove(&at) else { return };
            drop(turn);
            let taken = take(made);
            drop(take);
            turn = self.lock();
            turn.taken = end;
            turn.bytes -= bytes;
            if let Err(error) = taken {
                turn.is_open = false;
                turn.failed = Some(error);
            }
            self.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Turn<T, E>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the work of the other threads where one panics, who would wait for it.
struct Closing<'l, 's, M, F, T, E>(&'l Lanes<'s, M, F, T, E>);

impl<M, F, T, E> Drop for Closing<'_, '_, M, F, T, E> {
    fn drop(&mut self) {
        self.0.turn.lock().unwrap_or_else(PoisonError::into_inner).is_open = false;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn taken(sizes: &[u64], threads: usize) -> Vec<usize> {
        let mut taken = Vec::new();
        let make = |piece: Range<usize>| {
            // Later pieces are ready before earlier ones.
            std::thread::sleep(std::time::Duration::from_micros(piece.start as u64 * 37 % 500));
            piece
        };
        let done: Result<(), ()> = in_order(sizes, threads, make, |piece| {
            taken.extend(piece);
            Ok(())
        });
        assert_eq!(done, Ok(()));
        taken
    }

    #[test]
    fn every_input_is_taken_once_and_in_order() {
        let many: Vec<u64> = (0..3_000).map(|i| i * 7_919 % 5_000).collect();
        let large = [0, PIECE_BYTES, BYTES_AT_ONCE * 3, 1, BYTES_AT_ONCE, BYTES_AT_ONCE + 1, 0, 5];
        for sizes in [&[][..], &[0], &large, &many] {
            for threads in [1, 2, 8] {
                assert_eq!(taken(sizes, threads), (0..sizes.len()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn no_more_is_in_work_than_there_is_room_for() {
        let sizes = vec![PIECE_BYTES / 2; 400];
        let (held, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let bytes = |piece: &Range<usize>| sizes[piece.clone()].iter().sum::<u64>();
        let make = |piece: Range<usize>| {
            let now = held.fetch_add(bytes(&piece), Ordering::SeqCst) + bytes(&piece);
            most.fetch_max(now, Ordering::SeqCst);
            piece
        };
        let take = |piece: Range<usize>| -> Result<(), ()> {
            std::thread::sleep(std::time::Duration::from_micros(100));
            held.fetch_sub(bytes(&piece), Ordering::SeqCst);
            Ok(())
        };
        assert_eq!(in_order(&sizes, 4, make, take), Ok(()));
        assert!(most.load(Ordering::SeqCst) <= BYTES_AT_ONCE);
        assert_eq!(held.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn the_first_error_ends_the_work() {
        let sizes = vec![PIECE_BYTES; 500];
        let made = AtomicU64::new(0);
        let make = |piece: Range<usize>| {
            made.fetch_add(1, Ordering::SeqCst);
            piece.start
        };
        let take = |start: usize| if start == 7 { Err(start) } else { Ok(()) };
        for threads in [1, 3] {
            assert_eq!(in_order(&sizes, threads, make, take), Err(7));
        }
        assert!(made.load(Ordering::SeqCst) < 200);
    }

    #[test]
    #[should_panic]
    fn a_panic_does_not_leave_the_others_waiting() {
        let sizes = vec![PIECE_BYTES; 500];
        let make = |piece: Range<usize>| assert!(piece.start != 20);
        let _: Result<(), ()> = in_order(&sizes, 3, make, |()| Ok(()));
    }
}
