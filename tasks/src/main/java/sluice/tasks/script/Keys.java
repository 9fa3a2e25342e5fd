package sluice.tasks.script;

/** Dotted keys: {@code training.epochs}, {@code split.groups[1][0]}; the script itself is "". */
final class Keys {
    private Keys() {}

    static String child(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** Whether a key is another, or lies within it; all lie within "". */
    static boolean isWithin(String key, String section) {
        return section.isEmpty()
                || (key.startsWith(section)
                        && (key.length() == section.length() || ".[".indexOf(key.charAt(section.length())) >= 0));
    }

    static boolean isItem(String key) {
        return key.endsWith("]");
    }

    /** What is around a key; "" around a key of the top level. */
    static String around(String key) {
        return key.substring(0, Math.max(Math.max(key.lastIndexOf('.'), key.lastIndexOf('[')), 0));
    }
}
