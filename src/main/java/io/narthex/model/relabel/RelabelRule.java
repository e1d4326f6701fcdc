package io.narthex.model.relabel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.CapturingRegex;
import io.narthex.model.labels.LabelRegex;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameValidation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// One compiled rule: a leaf per action, so that nothing is decided twice.
@FunctionalInterface
interface RelabelRule {

  /// Changes `labels`; false if they are to be dropped.
  boolean apply(LabelsBuilder labels);

  /// The rule of a valid configuration.
  static RelabelRule compile(RelabelConfig c, NameValidation names) {
    RelabelAction action = c.action();
    if (action == null) {
      throw new IllegalStateException("BUG: relabel rule was not validated: " + c);
    }
    Source source = new Source(c.sourceLabels(), c.separator());
    LabelRegex regex = LabelRegex.compile(c.regex());
    String target = c.targetLabel();
    return switch (action) {
      case REPLACE -> replace(c, source, names);
      case KEEP -> labels -> regex.matches(source.of(labels));
      case DROP -> labels -> !regex.matches(source.of(labels));
      case KEEPEQUAL -> labels -> labels.get(target).equals(source.of(labels));
      case DROPEQUAL -> labels -> !labels.get(target).equals(source.of(labels));
      case HASHMOD ->
          labels -> {
            labels.set(target, Long.toUnsignedString(hashMod(source.of(labels), c.modulus())));
            return true;
          };
      case LABELMAP -> labelMap(CapturingRegex.compile(c.regex()), c.replacement());
      case LABELDROP -> removing(regex, true);
      case LABELKEEP -> removing(regex, false);
      case LOWERCASE -> mapping(source, target, Character::toLowerCase);
      case UPPERCASE -> mapping(source, target, Character::toUpperCase);
    };
  }

  private static RelabelRule replace(RelabelConfig c, Source source, NameValidation names) {
    String target = c.targetLabel();
    boolean fixed =
        c.regex().equals(RelabelConfig.DEFAULT_REGEX)
            && target.indexOf('$') < 0
            && c.replacement().indexOf('$') < 0;
    if (fixed) {
      return labels -> {
        labels.set(target, c.replacement());
        return true;
      };
    }
    CapturingRegex regex = CapturingRegex.compile(c.regex());
    return labels -> {
      CapturingRegex.Captures captures = regex.match(source.of(labels));
      if (captures != null) {
        String name = captures.expand(target);
        if (names.allowsLabel(name)) {
          labels.set(name, captures.expand(c.replacement()));
        }
      }
      return true;
    };
  }

  private static RelabelRule labelMap(CapturingRegex regex, String replacement) {
    return labels -> {
      int size = labels.size();
      String[] names = new String[size];
      String[] values = new String[size];
      for (int i = 0; i < size; i++) {
        names[i] = labels.name(i);
        values[i] = labels.value(i);
      }
      for (int i = 0; i < size; i++) {
        CapturingRegex.Captures captures = regex.match(names[i]);
        if (captures != null) {
          labels.set(captures.expand(replacement), values[i]);
        }
      }
      return true;
    };
  }

  private static RelabelRule removing(LabelRegex regex, boolean matching) {
    return labels -> {
      for (int i = labels.size() - 1; i >= 0; i--) {
        String name = labels.name(i);
        if (regex.matches(name) == matching) {
          labels.remove(name);
        }
      }
      return true;
    };
  }

  /// Case is mapped code point by code point, as Go does: no letter becomes two.
  private static RelabelRule mapping(Source source, String target, IntUnaryOperator map) {
    return labels -> {
      String text = source.of(labels);
      StringBuilder out = new StringBuilder(text.length());
      text.codePoints().map(map).forEach(out::appendCodePoint);
      labels.set(target, out.toString());
      return true;
    };
  }

  /// The last eight bytes of the MD5 as an unsigned big-endian number, modulo `modulus`.
  private static long hashMod(String text, long modulus) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      long last = 0;
      for (int i = 8; i < 16; i++) {
        last = last << 8 | hash[i] & 0xff;
      }
      return Long.remainderUnsigned(last, modulus);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has MD5", e);
    }
  }

  /// The joined values of labels.
  record Source(List<String> labels, String separator) {

    String of(LabelsBuilder from) {
      if (labels.size() == 1) {
        return from.get(labels.getFirst());
      }
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < labels.size(); i++) {
        if (i > 0) {
          out.append(separator);
        }
        out.append(from.get(labels.get(i)));
      }
      return out.toString();
    }
  }
}
