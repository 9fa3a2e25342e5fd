package sluice.tasks.csv;

import com.google.common.collect.ImmutableCollection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import sluice.tasks.Printable;

/** A column of categories, numbered as they are met. Mutable while its cells are read. */
final class CategoricalColumn implements FeatureColumn {
    /** Whole numbers up to here are floats. */
    private static final int MOST_CATEGORIES = 1 << 24;

    private final String name;
    private final ImmutableCollection<String> declared;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param name what the header calls it
     * @param declared categories that it has, whether rows have them or not
     */
    CategoricalColumn(String name, ImmutableCollection<String> declared) {
        this.name = name;
        this.declared = declared;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float read(String cell, CsvPlace place) {
        int number = numbers.computeIfAbsent(cell, unseen -> numbers.size());
        if (number >= MOST_CATEGORIES) {
            throw place.error(name, "has more than %d categories: exclude it".formatted(MOST_CATEGORIES));
        }
        return number;
    }

    /** Features for categories; whoever has another is told how to mend that. */
    ColumnFeatures features(List<String> categories, boolean ofModel) {
        return features(categories, (text, place) -> {
            throw place.error(
                    name,
                    "the category %s is in no %s: add one, leave this row out, or write unseen: ignore"
                            .formatted(
                                    Printable.quoted(text),
                                    ofModel ? "training row of the model's first run" : "training row"));
        });
    }

    /** Features that are all 0 for another category. */
    ColumnFeatures ignoring(List<String> categories, UnseenCategories counted) {
        return features(categories, (text, place) -> counted.add(name, text));
    }

    /** Those that are declared or that training rows have, sorted. */
    List<String> trained(List<CsvRow> train, int position) {
        String[] texts = texts();
        TreeSet<String> trained = new TreeSet<>(declared);
        for (CsvRow row : train) {
            if (!row.isMissing(position)) {
                trained.add(texts[(int) row.cells()[position]]);
            }
        }
        return List.copyOf(trained);
    }

    private String[] texts() {
        String[] texts = new String[numbers.size()];
        numbers.forEach((text, number) -> texts[number] = text);
        return texts;
    }

    private ColumnFeatures features(List<String> categories, Unseen unseen) {
        return new OneHot(name, texts(), categories, unseen);
    }

    /** What is done about a category that no training row has. */
    @FunctionalInterface
    private interface Unseen {
        void met(String category, CsvPlace place);
    }

    /** A feature per category, which are sorted. */
    private record OneHot(String name, String[] texts, List<String> categories, Unseen unseen)
            implements ColumnFeatures {
        @Override
        public int width() {
            return categories.size();
        }

        @Override
        public void put(float cell, CsvRow row, float[] values, int start) {
            String text = texts[(int) cell];
            int category = Collections.binarySearch(categories, text);
            if (category < 0) {
                unseen.met(text, row.place());
                return;
            }
            values[start + category] = 1;
        }

        @Override
        public TableEncoding.Column column(ColumnScale[] scales, int start) {
            return new TableEncoding.Column.OneHot(name, categories);
        }
    }
}
