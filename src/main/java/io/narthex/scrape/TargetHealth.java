package io.narthex.scrape;

/// How the last scrape of a target went.
public enum TargetHealth {
  UNKNOWN("unknown"),
  UP("up"),
  DOWN("down");

  private final String text;

  TargetHealth(String text) {
    this.text = text;
  }

  /// The word of the API.
  public String text() {
    return text;
  }
}
