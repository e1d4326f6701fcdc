package io.narthex.config;

import io.narthex.config.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types of fields that are sections themselves.
public final class SectionTypes {

  /// What stands where nobody wrote a section.
  private static final YamlNode NOTHING =
      new YamlNode.Scalar(new Place("default", 0, 0), "", ScalarType.NULL);

  private SectionTypes() {}

  /// A section that may be absent; then there is none. Printed when it is there.
  public static FieldType<Section> optional(Shape shape) {
    return new One(shape, false);
  }

  /// A section that is always there: where absent or empty, with its defaults. Left out of print if
  /// all is zero.
  public static FieldType<Section> always(Shape shape) {
    return new One(shape, true);
  }

  /// A list of sections.
  ///
  /// @param ifNull what is wrong with a null item; if empty, a null item has the shape's defaults
  public static FieldType<List<Section>> list(Shape shape, String ifNull) {
    return new Many(shape, ifNull);
  }

  private record One(Shape shape, boolean always) implements FieldType<Section> {

    @Override
    public @Nullable Section zero() {
      return always ? shape.read(NOTHING) : null;
    }

    @Override
    public Section read(YamlNode node) {
      return shape.read(node);
    }

    @Override
    public boolean isZero(Section value) {
      return always && value.isAllZero();
    }

    @Override
    public Object print(Section value) {
      return value.print();
    }

    @Override
    public Section inFolder(Section value, Path folder) {
      return value.inFolder(folder);
    }
  }

  private record Many(Shape shape, String ifNull) implements FieldType<List<Section>> {

    @Override
    public List<Section> zero() {
      return List.of();
    }

    @Override
    public List<Section> read(YamlNode node) {
      if (!(node instanceof Sequence sequence)) {
        throw FieldTypes.cannot(node, "[]*" + shape);
      }
      List<Section> sections = new ArrayList<>(sequence.items().size());
      for (YamlNode item : sequence.items()) {
        if (item.isNothing() && !ifNull.isEmpty()) {
          throw new ConfigException(item.place(), ifNull);
        }
        sections.add(shape.read(item));
      }
      return List.copyOf(sections);
    }

    @Override
    public Object print(List<Section> value) {
      return value.stream().map(Section::print).toList();
    }

    @Override
    public List<Section> inFolder(List<Section> value, Path folder) {
      return value.stream().map(section -> section.inFolder(folder)).toList();
    }
  }
}
