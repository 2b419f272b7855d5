package io.dataprism.kernel.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.DynamicRefValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.RefValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;

/**
 * {@code $ref} and {@code $dynamicRef} of a schema that somebody else wrote. Each time one is followed somebody is told, who may end the check:
 * two references to one definition, which holds two to the next, and so on, are followed more often than there is time for.
 */
final class CountedReferences {
    private CountedReferences() {}

    /** The keywords. */
    static List<Keyword> of(Runnable followed) {
        return List.of(new Static(followed), new Dynamic(followed));
    }

    private static final class Static extends AbstractKeyword {
        private final Runnable followed;

        Static(Runnable followed) {
            super(KeywordType.REF.getValue());
            this.followed = followed;
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode node, Schema parent, SchemaContext schemaContext) {
            return new RefValidator(location, node, parent, schemaContext) {
                @Override
                public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath at) {
                    followed.run();
                    super.validate(context, value, root, at);
                }

                @Override
                public void walk(ExecutionContext context, JsonNode value, JsonNode root, NodePath at, boolean checks) {
                    followed.run();
                    super.walk(context, value, root, at, checks);
                }
            };
        }
    }

    private static final class Dynamic extends AbstractKeyword {
        private final Runnable followed;

        Dynamic(Runnable followed) {
            super(KeywordType.DYNAMIC_REF.getValue());
            this.followed = followed;
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode node, Schema parent, SchemaContext schemaContext) {
            return new DynamicRefValidator(location, node, parent, schemaContext) {
                @Override
                public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath at) {
                    followed.run();
                    super.validate(context, value, root, at);
                }

                @Override
                public void walk(ExecutionContext context, JsonNode value, JsonNode root, NodePath at, boolean checks) {
                    followed.run();
                    super.walk(context, value, root, at, checks);
                }
            };
        }
    }
}
