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

    /** What is around a key; "" around a key of the top level. */
    static String around(String key) {
        return key.substring(0, Math.max(Math.max(key.lastIndexOf('.'), key.lastIndexOf('[')), 0));
    }
}
