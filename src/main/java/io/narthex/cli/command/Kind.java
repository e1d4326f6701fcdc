package io.narthex.cli.command;

import io.narthex.io.disk.Disk;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/// What a value may be. `check` throws an {@link IllegalArgumentException} with Go's or Kingpin's
/// wording if it is not that.
public sealed interface Kind {

  Kind TEXT = new Text();
  Kind WHOLE = new Whole();
  Kind LONG = new Long64();
  Kind DURATION = new Duration();
  Kind PAIR = new Pair();
  Kind URL = new Url();

  /// @throws IllegalArgumentException if `text` is no such value
  void check(String text);

  /// Anything.
  record Text() implements Kind {
    @Override
    public void check(String text) {}
  }

  /// Neither given nor taken: the flag itself says it.
  record Switch() implements Kind {
    @Override
    public void check(String text) {}
  }

  /// A number of which the whole part counts.
  record Whole() implements Kind {
    @Override
    public void check(String text) {
      if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
        throw new IllegalArgumentException(
            "strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
      }
    }
  }

  /// A whole number of 64 bits.
  record Long64() implements Kind {
    @Override
    public void check(String text) {
      if (!text.matches("[-+]?[0-9]+")) {
        throw wrong(text, "invalid syntax");
      }
      try {
        Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw wrong(text, "value out of range");
      }
    }

    private static IllegalArgumentException wrong(String text, String why) {
      return new IllegalArgumentException("strconv.ParseInt: parsing \"" + text + "\": " + why);
    }
  }

  /// As Go writes them: `1h30m`.
  record Duration() implements Kind {
    @Override
    public void check(String text) {
      GoDurations.parseNanos(text);
    }
  }

  /// One of some words.
  record OneOf(List<String> words) implements Kind {
    @Override
    public void check(String text) {
      if (!words.contains(text)) {
        throw new IllegalArgumentException(
            "enum value must be one of " + String.join(",", words) + ", got '" + text + "'");
      }
    }
  }

  /// `KEY=VALUE`.
  record Pair() implements Kind {
    @Override
    public void check(String text) {
      if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
        throw new IllegalArgumentException("expected KEY=VALUE got '" + text + "'");
      }
    }
  }

  /// An address.
  record Url() implements Kind {
    @Override
    public void check(String text) {
      try {
        new URI(text);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException("invalid URL: parse \"" + text + "\": " + e.getReason());
      }
    }
  }

  /// A file that is there.
  record ExistingFile(Disk disk) implements Kind {
    @Override
    public void check(String text) {
      Path path = Path.of(text);
      if (!disk.exists(path)) {
        throw new IllegalArgumentException("path '" + text + "' does not exist");
      }
      if (disk.isDirectory(path)) {
        Path name = path.getFileName();
        throw new IllegalArgumentException("'" + (name == null ? path : name) + "' is a directory");
      }
    }
  }
}
