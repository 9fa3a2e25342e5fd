package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.tasks.InputException;

/**
 * Where each key of a script was written, for problems that show later than reading.
 *
 * @param byKey location by dotted key ({@code training.epochs}, {@code split.groups[1][0]}); the script itself is ""
 */
public record Locations(ImmutableMap<String, Location> byKey) {
    /**
     * {@return where it was written, or else the nearest section around it}
     *
     * @param key dotted key; it may be absent from the script
     */
    public Location of(String key) {
        String written = key;
        while (!byKey.containsKey(written) && !written.isEmpty()) {
            written = Keys.around(written);
        }
        return byKey.getOrDefault(written, new Location("script", 0));
    }

    /**
     * {@return whether the script or an override gives it}
     *
     * @param key dotted key
     */
    public boolean isWritten(String key) {
        return byKey.containsKey(key);
    }

    /**
     * {@return the dotted keys that are written right within it, in the order written}
     *
     * @param section dotted key of a section
     */
    public ImmutableList<String> writtenIn(String section) {
        return byKey.keySet().stream()
                .filter(key -> !key.isEmpty() && Keys.around(key).equals(section))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return an error to throw: {@code file:line: key: message}}
     *
     * @param key dotted key; it may be absent from the script
     * @param message what is wrong and what to do
     */
    public InputException error(String key, String message) {
        return Complaint.at(of(key), key, message).acrossSections();
    }

    /**
     * {@return an error to throw of what would be right if another key were written otherwise: {@code file:line: key: message}}
     *
     * @param key dotted key; it may be absent from the script
     * @param because dotted key of the other one; where that is mistaken itself, nothing is told
     * @param message what is wrong and what to do
     */
    public InputException error(String key, String because, String message) {
        return Complaint.at(of(key), key, message).hangingOn(because);
    }

    /**
     * {@return one line to print: {@code file:line: key: message}}
     *
     * @param key dotted key; it may be absent from the script
     * @param message what to know of it
     */
    public String remark(String key, String message) {
        return Complaint.line(of(key), key, message);
    }

    static Locations of(Node.Mapping top) {
        ImmutableMap.Builder<String, Location> found = ImmutableMap.builder();
        collect(new Value("", top, Questions.UNHEARD), found);
        return new Locations(found.buildKeepingLast());
    }

    private static void collect(Value value, ImmutableMap.Builder<String, Location> found) {
        found.put(value.key(), value.node().location());
        value.children().forEach(child -> collect(child, found));
    }
}
