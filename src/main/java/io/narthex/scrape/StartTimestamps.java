package io.narthex.scrape;

/// What becomes of the start timestamps that targets tell.
///
/// @param stored whether storage gets them with their samples
/// @param zeros whether a zero is stored at the start of a series
public record StartTimestamps(boolean stored, boolean zeros) {

  /// They are not looked at: `_created` lines are series like others.
  public static final StartTimestamps IGNORED = new StartTimestamps(false, false);

  /// Whether they are looked at.
  public boolean wanted() {
    return stored || zeros;
  }

  /// Stages what is wanted of the start of a sample.
  ///
  /// @param zeroMs the start at which a zero was asked for last, 0 if none was or storage does not
  ///   know the series: it would refuse a second zero, since the series has newer samples by then
  /// @return the same after this
  long stage(ScrapeBatch batch, int sample, long startMs, long sampleMs, long zeroMs) {
    if (stored) {
      batch.start(sample, startMs);
    }
    if (!zeros || zeroMs == startMs || startMs >= sampleMs) {
      return zeroMs;
    }
    batch.zeroAtStart(sample, startMs);
    return startMs;
  }
}
