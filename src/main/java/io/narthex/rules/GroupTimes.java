package io.narthex.rules;

import io.narthex.model.labels.LabelHash;
import io.narthex.model.labels.Labels;

/// The instants at which a group is evaluated: one in each interval, at a place in it that depends
/// on the group's name alone, so that groups are spread over the interval and every server
/// evaluates them at the same instants. Times are nanoseconds since the epoch, as the reference
/// reckons.
///
/// @param intervalNanos from one instant to the next, above 0
/// @param offsetNanos of the instants within their intervals
public record GroupTimes(long intervalNanos, long offsetNanos) {

  /// The instants of the group `name` in `file`.
  public static GroupTimes of(String file, String name, long intervalMs) {
    long intervalNanos = intervalMs * 1_000_000;
    long hash = LabelHash.of(Labels.of("file", file, "name", name));
    return new GroupTimes(intervalNanos, Long.remainderUnsigned(hash, intervalNanos));
  }

  /// The last instant that is not after `timeNanos` (for times since the epoch plus an interval).
  public long atOrBefore(long timeNanos) {
    long shifted = timeNanos - offsetNanos;
    return shifted - shifted % intervalNanos + offsetNanos;
  }
}
