package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sluice.tasks.Printable;

/**
 * The rows of an ARFF file, the format of Weka and MOA, as Weka reads it: first the names of its attributes, then a row per
 * instance, dense or sparse, a missing value being an empty cell.
 */
final class ArffRows implements TableSource {
    private static final int LONGEST_BEGINNING = 1 << 16;
    private static final String RELATION = "@relation";
    private static final String ATTRIBUTE = "@attribute";
    private static final String DATA = "@data";

    private final Path path;
    private final BufferedReader text;
    private final List<ArffAttribute> attributes = new ArrayList<>();
    private ImmutableList<String> row = ImmutableList.of();
    private boolean begun;
    private boolean weighted;
    private long line;

    ArffRows(Path path, BufferedReader text) {
        this.path = path;
        this.text = text;
    }

    /** Whether a text begins as such a file does; leaves it where it is. */
    static boolean begin(BufferedReader text) throws IOException {
        text.mark(LONGEST_BEGINNING);
        char[] start = new char[LONGEST_BEGINNING - 1];
        int length = 0;
        for (int read = 0; read >= 0 && length < start.length; ) {
            read = text.read(start, length, start.length - length);
            length += Math.max(0, read);
        }
        text.reset();
        return new String(start, 0, length)
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty() && !each.startsWith("%"))
                .findFirst()
                .filter(each -> Ascii.toLowerCase(each).startsWith(RELATION))
                .isPresent();
    }

    @Override
    public boolean next() throws IOException {
        if (!begun) {
            begun = true;
            readHeader();
            row = attributes.stream().map(ArffAttribute::name).collect(ImmutableList.toImmutableList());
            return true;
        }
        for (String next = readLine(); next != null; next = readLine()) {
            List<ArffTokens.Token> tokens = ArffTokens.of(next, place());
            if (!tokens.isEmpty()) {
                row = cells(tokens);
                return true;
            }
        }
        return false;
    }

    private String readLine() throws IOException {
        line++;
        return text.readLine();
    }

    private void readHeader() throws IOException {
        for (String next = readLine(); next != null; next = readLine()) {
            List<ArffTokens.Token> tokens = ArffTokens.of(next, place());
            if (tokens.isEmpty()) {
                continue;
            }
            String keyword = Ascii.toLowerCase(tokens.get(0).text());
            if (keyword.equals(DATA)) {
                if (attributes.isEmpty()) {
                    throw place().error("there is no attribute before @data: declare one per column");
                }
                return;
            }
            if (keyword.equals(ATTRIBUTE)) {
                attributes.add(ArffAttribute.of(tokens.subList(1, tokens.size()), place()));
            } else if (!keyword.equals(RELATION)) {
                throw place().error("%s is not known in a header: write @attribute, or @data where rows begin"
                        .formatted(Printable.quoted(tokens.get(0).text())));
            }
        }
        throw new CsvPlace(path, line).error("the file ends before @data: write it, and a row per example");
    }

    private ImmutableList<String> cells(List<ArffTokens.Token> tokens) {
        return tokens.get(0).is('{') ? sparse(tokens) : dense(tokens);
    }

    private ImmutableList<String> dense(List<ArffTokens.Token> tokens) {
        int end = tokens.size();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is('{')) {
                takeWeight(tokens.subList(i, tokens.size()));
                end = i;
                break;
            }
        }
        ImmutableList.Builder<String> cells = ImmutableList.builder();
        int column = 0;
        boolean afterComma = true;
        for (ArffTokens.Token token : tokens.subList(0, end)) {
            if (token.isValue()) {
                cells.add(column < attributes.size() ? cell(column, token) : token.text());
                column++;
            } else if (token.is(',') && afterComma) {
                throw place().error("nothing stands between two commas: write ? for a missing value");
            }
            afterComma = token.is(',');
        }
        return cells.build();
    }

    private ImmutableList<String> sparse(List<ArffTokens.Token> tokens) {
        String[] cells = new String[attributes.size()];
        int before = -1;
        int at = 1;
        while (at < tokens.size() && !tokens.get(at).is('}')) {
            if (tokens.get(at).is(',')) {
                at++;
                continue;
            }
            Integer index = Ints.tryParse(tokens.get(at).text());
            if (index == null || at + 1 >= tokens.size() || !tokens.get(at + 1).isValue()) {
                throw place().error("a sparse row has pairs of index and value: {0 1.5, 3 yes}");
            }
            if (index <= before || index >= cells.length) {
                throw place().error("index %d of a sparse row must rise from pair to pair, and be below %d"
                        .formatted(index, cells.length));
            }
            cells[index] = cell(index, tokens.get(at + 1));
            before = index;
            at += 2;
        }
        if (at == tokens.size()) {
            throw place().error("a sparse row is not closed: write } at its end");
        }
        if (at + 1 < tokens.size()) {
            takeWeight(tokens.subList(tokens.get(at + 1).is(',') ? at + 2 : at + 1, tokens.size()));
        }
        for (int column = 0; column < cells.length; column++) {
            cells[column] = cells[column] == null ? attributes.get(column).absent(place()) : cells[column];
        }
        return ImmutableList.copyOf(Arrays.asList(cells));
    }

    private String cell(int column, ArffTokens.Token token) {
        boolean isNumber = attributes.get(column) instanceof ArffAttribute.Numeric;
        if (!token.quoted()
                && (token.text().equals("?") || (isNumber && Ascii.equalsIgnoreCase(token.text(), "NaN")))) {
            return "";
        }
        return attributes.get(column).cell(token, place());
    }

    /** A weight is read past: examples have none here. */
    private void takeWeight(List<ArffTokens.Token> tokens) {
        boolean isWeight = tokens.size() == 3
                && tokens.get(0).is('{')
                && Doubles.tryParse(tokens.get(1).text()) != null
                && tokens.get(2).is('}');
        if (!isWeight) {
            throw place().error("after its values a row may have a weight alone, such as {0.5}");
        }
        weighted |= Doubles.tryParse(tokens.get(1).text()) != 1;
    }

    /** What is read past that another system would use; empty where nothing is. */
    @Override
    public ImmutableList<String> notes() {
        return weighted
                ? ImmutableList.of("weights of rows are not used: every row counts as one")
                : ImmutableList.of();
    }

    /** Values of the attributes that have some, in the order declared. */
    @Override
    public ImmutableMap<String, ImmutableList<String>> declared() {
        ImmutableMap.Builder<String, ImmutableList<String>> declared = ImmutableMap.builder();
        for (ArffAttribute attribute : attributes) {
            if (attribute instanceof ArffAttribute.Nominal nominal) {
                declared.put(nominal.name(), nominal.values().asList());
            }
        }
        return declared.buildKeepingLast();
    }

    @Override
    public boolean namesColumns() {
        return true;
    }

    private CsvPlace place() {
        return new CsvPlace(path, line);
    }

    @Override
    public List<String> row() {
        return row;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
