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
}
