package sluice.framework.strategy;

import com.google.common.base.Ascii;
import com.google.common.base.CaseFormat;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values as they are written to files: numbers, texts, lists, and of a record its components by name. */
public final class Recorded {
    private Recorded() {}

    /**
     * {@return maps, lists, numbers and texts that say the same: a record by its name and components, an enum by its
     * word, what is none of these by its own text}
     *
     * @param value a record, or anything within one
     */
    public static Object of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<Object>map(Recorded::of).orElse("none");
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.toString();
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return Ascii.toLowerCase(constant.name());
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(Recorded::of).toList();
        }
        if (!(value instanceof Record record)) {
            return String.valueOf(value);
        }
        String name = words(record.getClass().getSimpleName(), CaseFormat.UPPER_CAMEL);
        Map<String, Object> components = components(record);
        return components.isEmpty() ? name : Map.of(name, components);
    }

    private static String words(String name, CaseFormat format) {
        return format.to(CaseFormat.LOWER_UNDERSCORE, name);
    }

    /**
     * {@return what {@link #of} makes of its components by name, in words_of_small_letters}
     *
     * @param record any
     */
    public static Map<String, Object> components(Record record) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(component, record);
            // what can be of one kind alone needs no name of its own
            boolean known = value instanceof Record && component.getType() == value.getClass();
            components.put(
                    words(component.getName(), CaseFormat.LOWER_CAMEL), known ? components((Record) value) : of(value));
        }
        return components;
    }

    private static Object valueOf(RecordComponent component, Record record) {
        Method accessor = component.getAccessor();
        try {
            // a record of one's own may be private
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("cannot read %s of %s".formatted(component.getName(), record), impossible);
        }
    }
}
