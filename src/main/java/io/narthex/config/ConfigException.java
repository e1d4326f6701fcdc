package io.narthex.config;

/// A mistake in a configuration: what is wrong, in the reference's wording where it has one, and
/// where it stands.
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String text;
  private final transient Place place;

  public ConfigException(Place place, String text) {
    super(text + " (" + place + ")");
    this.text = text;
    this.place = place;
  }

  /// What is wrong, without the place.
  public String text() {
    return text;
  }

  /// Where it is wrong.
  public Place place() {
    return place;
  }

  /// The same mistake, told with more words around it.
  public ConfigException retold(String newText) {
    return new ConfigException(place, newText);
  }

  /// A mistake of YAML types or fields, worded as the reference's YAML reader words it.
  static ConfigException unmarshal(Place place, String text) {
    return new ConfigException(
        place, "yaml: unmarshal errors:\n  line " + place.line() + ": " + text);
  }
}
