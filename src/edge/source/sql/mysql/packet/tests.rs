//! Packets in pieces, without end, and of any content.

use proptest::prelude::*;

use super::*;

fn take_all(inbox: &mut Inbox) -> Result<usize, Text> {
    let mut taken = 0;
    while let Some(packet) = inbox.next()? {
        let mut ranges = Ranges::new();
        for columns in [0, 1, 3] {
            if cells(packet, columns, &mut ranges).is_some() {
                assert!(ranges.iter().flatten().all(|(begin, end)| begin <= end && *end <= packet.len()));
            }
        }
        greeting(packet);
        refusal(packet);
        count(packet);
        column(packet);
        is_end(packet);
        taken += 1;
    }
    Ok(taken)
}

/// A packet is taken when all of it has come; one that is full goes on in the next.
#[test]
fn a_packet_is_taken_whole() {
    let mut inbox = Inbox::default();
    let row = packet(7, &[1, b'a', 0xfb, 0]);
    for byte in &row[..row.len() - 1] {
        inbox.add(&[*byte]);
        assert_eq!(inbox.next(), Ok(None));
    }
    inbox.add(&row[row.len() - 1..]);
    let mut ranges = Ranges::new();
    let taken = inbox.next().unwrap().unwrap();
    assert_eq!(cells(taken, 3, &mut ranges), Some(()));
    assert_eq!((cells(taken, 2, &mut Ranges::new()), cells(taken, 4, &mut Ranges::new())), (None, None));
    assert_eq!((ranges, inbox.number), (vec![Some((1, 2)), None, Some((4, 4))], 7));
    let full = [&[0xff, 0xff, 0xff, 1][..], &vec![b'x'; FULL]].concat();
    inbox.add(&full);
    assert_eq!(inbox.next(), Ok(None), "it goes on");
    inbox.add(&packet(2, b"yz"));
    let joined = inbox.next().unwrap().unwrap();
    assert_eq!((joined.len(), &joined[FULL..]), (FULL + 2, &b"yz"[..]));
    assert_eq!(inbox.number, 2);
}

/// An answer without end is refused, however it is cut.
#[test]
fn an_answer_without_end_is_refused() {
    let mut inbox = Inbox::default();
    let full = [&[0xff, 0xff, 0xff, 1][..], &vec![b'x'; FULL]].concat();
    let outcomes: Vec<_> = (0..5)
        .map(|_| {
            inbox.add(&full);
            inbox.next().is_err()
        })
        .collect();
    assert_eq!(outcomes, [false, false, false, false, true]);
}

proptest! {
    /// A hostile server: whatever it sends, nothing is read past its end.
    #[test]
    fn bytes_of_any_kind_never_lead_astray(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut inbox = Inbox::default();
        inbox.add(&bytes);
        // Taken or refused is all one here: what must not come is a panic.
        let _ = take_all(&mut inbox);
    }

    /// The same of packets with a right length and any content.
    #[test]
    fn packets_of_any_kind_never_lead_astray(
        packets in prop::collection::vec(prop::collection::vec(prop_oneof![Just(0_u8), Just(10), 0xfa_u8..=255, any::<u8>()], 0..80), 1..6)
    ) {
        let mut inbox = Inbox::default();
        packets.iter().for_each(|body| inbox.add(&packet(0, body)));
        prop_assert_eq!(take_all(&mut inbox), Ok(packets.len()));
    }
}
