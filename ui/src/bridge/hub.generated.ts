/** Made from hub.openapi.json by `npm run hub-types`. Do not edit. */
export interface paths {
    "/api/admin/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds an entry at the end of its list, or changes it. Entries are not deleted but made inactive. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                /** @description Another admin changed the same fields, or the new entry's id is taken */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description A rule refuses it */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/lists/{list}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts entries into an order; those that are not named keep their places. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    list: "category" | "call_type" | "disposition" | "resolution_type" | "template" | "product" | "order_stage";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EntryOrder"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Where desktops register. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ExchangeSettings"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings/popup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What the popup shows and asks for. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PopupSettings"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every team, also who is not active, by name. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"][];
                    };
                };
            };
        };
        put?: never;
        /** Adds a team. 422 `field_taken`: another has the name. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTeam"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Renames a team, or takes it out of use. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TeamPatch"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody, also who is not active, by username. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonView"][];
                    };
                };
            };
        };
        put?: never;
        /** Adds a person. 422 `field_taken`: another has the username or the extension. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPerson"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonView"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a person. Another role, or no longer active: ends their sign-ins. 422 `last_admin`. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonPatch"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/admin/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives a person a new password and ends their sign-ins. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ResetPassword"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends everything a person is signed in with. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls at one's own desk, unless a customer, a number or all is asked for. Newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Those with this customer. */
                    contact_id?: string | null;
                    /** @description Those from and to this number, as anybody writes it. */
                    number?: string | null;
                    /** @description Everybody's: for leads and admins. */
                    all?: boolean;
                    /** @description The next page: what `next` said. */
                    before_at?: number | null;
                    before_id?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_CallEntry"];
                    };
                };
                /** @description `all` is not for agents */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call, by its key. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallEntry"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has changed after a cursor, oldest first: 200 lines at a time. */
        get: {
            parameters: {
                query?: {
                    /** @description The `cursor` of the page before; 0: from the beginning. */
                    after?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does a command once, however often it comes. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Envelope"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                /** @description `conflict`: another person changed the same fields */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description A rule refuses it, or the id was used for another command */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lists, settings, people and teams in one document. Ask with `If-None-Match`: it changes
         *     seldom.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `etag` of the one at hand */
                    "if-none-match"?: string | null;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        etag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Configuration"];
                    };
                };
                /** @description The one at hand is the newest */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, the one touched last first. */
        get: {
            parameters: {
                query?: {
                    /** @description Those with this phone number, as anybody writes it; or with this address. */
                    phone?: string | null;
                    email?: string | null;
                    /** @description The next page: `updated_at` and `id` of the last row. */
                    before_at?: number | null;
                    before_id?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done to a customer's record, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Change"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/forms/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own forms that are not closed, the one written last first: what a restart opens again. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OpenForm"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For anybody: a desktop looks at it before it asks for a password. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HubVersion"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes and followers of a customer, a ticket, a task or an order. */
        get: {
            parameters: {
                query?: {
                    kind?: components["schemas"]["SubjectKind"];
                    id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Notes"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders, newest first (OR-09). */
        get: {
            parameters: {
                query?: {
                    /** @description Those I am in charge of. */
                    mine?: boolean;
                    owner_id?: string | null;
                    contact_id?: string | null;
                    stage_id?: string | null;
                    /** @description The next page: what `next` said. */
                    before_at?: number | null;
                    before_id?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_OrderRow"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderDetail"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** OR-18: what was done on an order, newest first. A line's field is `line.` and its id. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Change"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/popup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about a call that rings. */
        get: {
            parameters: {
                query?: {
                    call_key?: string | null;
                    /** @description The other side's number; absent: the call's, if it is known here. */
                    number?: string | null;
                    /** @description As the caller's side has sent it. */
                    peer_name?: string | null;
                    /** @description The customer that the agent has chosen, of several or another one. */
                    contact_id?: string | null;
                    /** @description Where the day begins at the desk; absent: 24 hours ago. */
                    today_from?: number | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Popup"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A WebSocket. First frame, within 5 s: `{"hello":{"token":…,"cursor":…}}`, without a token when the
         *     cookie says who it is, without a cursor from now on. Then come `{"welcome":{"head":…}}`,
         *     `{"change":…}`, `{"reset":{"head":…}}`. It is closed with a reason that is a code: 4401 and why
         *     the token is no longer good, 4400 `malformed_request`, 4408 `resync`, 4429 `too_many_requests`,
         *     1001 `hub_stopping`, 1011 `hub_unavailable`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Frames of `Pushed` */
                101: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pushed"];
                    };
                };
                /** @description No WebSocket */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finds what has every word of the query, the exact tones first. */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description Words with or without their marks; `#123`, `PYC-123` (a ticket), `NV-123` (a task),
                     *     `DH-123` (an order); a phone number or at least its last three digits.
                     */
                    q?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Found"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who this is: a desktop asks at each start. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInAnswer"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Signs in. 401 `wrong_password` (EZ-01), `account_inactive`; 422 `client_too_old`,
         *     `client_too_new`; 429 `account_locked` with the seconds to wait.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInAnswer"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Signs out. The token is no longer good, open sockets close. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes one's own password, and signs out everywhere else. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPassword"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Those given to me. */
                    mine?: boolean;
                    assignee_id?: string | null;
                    /** @description What they are about: one of these. */
                    contact_id?: string | null;
                    ticket_id?: string | null;
                    order_id?: string | null;
                    state?: components["schemas"]["TaskState"] | null;
                    /** @description Only those with work to do. */
                    open?: boolean;
                    /** @description Only those that should have been done by now. */
                    overdue?: boolean;
                    /** @description The next page: what `next` said. */
                    before_at?: number | null;
                    before_id?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_TaskRow"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskDetail"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TS-11: what was done on a task, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Change"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tickets, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description TK-26: those given to me. */
                    mine?: boolean;
                    assignee_id?: string | null;
                    contact_id?: string | null;
                    state?: components["schemas"]["TicketState"] | null;
                    /** @description Only those whose work is not over. */
                    open?: boolean;
                    /** @description This category and what is below it. */
                    category_id?: string | null;
                    team_id?: string | null;
                    priority?: components["schemas"]["Priority"] | null;
                    /** @description Only those that should have been resolved by now. */
                    overdue?: boolean;
                    /** @description The next page: what `next` said. */
                    before_at?: number | null;
                    before_id?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_TicketRow"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tickets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One ticket. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TicketDetail"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tickets/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TK-37: what was done on a ticket, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Change"][];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description TK-35, TS-13, OR-20: a note on a customer, a ticket, a task or an order. The id is made by the
         *     writer.
         */
        AddNote: {
            /** @description (*) At most 10,000 characters. */
            body: string;
            id: components["schemas"]["NoteId"];
            subject: components["schemas"]["Subject"];
        };
        /** @description One conversation with the outside. */
        Call: {
            /** Format: int64 */
            answered_at?: number | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            created_at: number;
            /** @description The number that was called. */
            did?: string | null;
            direction?: components["schemas"]["CallDirection"] | null;
            /** Format: int64 */
            ended_at?: number | null;
            /** Format: uuid */
            id: string;
            /** @description The exchange's name of the whole call, or the desktop's when the exchange sends none. */
            key: string;
            /** @description E.164, or as it would be dialled; empty when hidden. */
            peer: string;
            /** @description As the caller's side has sent it. */
            peer_name?: string | null;
            queue?: string | null;
            /** Format: int64 */
            rev: number;
            /** Format: int64 */
            started_at: number;
            /** Format: int64 */
            updated_at: number;
        };
        /**
         * @description Who called whom.
         * @enum {string}
         */
        CallDirection: "in" | "out";
        /** @description A call with everybody's part in it. */
        CallEntry: components["schemas"]["Call"] & {
            /** @description What each agent wrote. All may read them, only its writer may change one (CP-08). */
            forms: components["schemas"]["CallForm"][];
            legs: components["schemas"]["CallLeg"][];
        };
        /** @description What one agent has written about a call. */
        CallForm: {
            body: string;
            /** Format: uuid */
            call_id: string;
            call_type_id?: components["schemas"]["CallTypeId"] | null;
            /**
             * Format: int64
             * @description None: not finished.
             */
            closed_at?: number | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            disposition_id?: components["schemas"]["DispositionId"] | null;
            /** Format: int64 */
            rev: number;
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            updated_at: number;
            user_id: components["schemas"]["UserId"];
            /**
             * Format: int64
             * @description By the writer's clock.
             */
            written_at: number;
        };
        /** @description One ring at one desk, or one call out. */
        CallLeg: {
            /** Format: int64 */
            answered_at?: number | null;
            /** @description Why it ended, as `EndCause::code` names it. */
            cause?: string | null;
            /** Format: int64 */
            ended_at?: number | null;
            /**
             * Format: uuid
             * @description Made by the desk.
             */
            id: string;
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            rang_at: number;
            result?: components["schemas"]["LegResult"] | null;
            /** Format: int64 */
            sip_status?: number | null;
            user_id: components["schemas"]["UserId"];
        };
        /** @description A type of call. */
        CallType: {
            active: boolean;
            category_id?: components["schemas"]["CategoryId"] | null;
            id: components["schemas"]["CallTypeId"];
            /** @description (*) At most 100 characters. */
            label: string;
            /**
             * Format: int64
             * @description Made by the hub.
             */
            position: number;
            /** Format: int64 */
            rev: number;
        };
        /**
         * Format: uuid
         * @description What a call was about, as chosen in the popup.
         */
        CallTypeId: string;
        /** @description A node of the tree. Offered when it and all above it are active. */
        Category: {
            active: boolean;
            assignee_id?: components["schemas"]["UserId"] | null;
            /**
             * Format: int64
             * @description Minutes from a ticket's making; none: no such promise.
             */
            first_reply_min?: number | null;
            id: components["schemas"]["CategoryId"];
            /** @description (*) At most 100 characters. */
            label: string;
            /**
             * Format: int64
             * @description 1 to 3. Made by the hub.
             */
            level: number;
            parent_id?: components["schemas"]["CategoryId"] | null;
            /**
             * Format: int64
             * @description Among its siblings. Made by the hub.
             */
            position: number;
            /** Format: int64 */
            resolve_min?: number | null;
            /** Format: int64 */
            rev: number;
            team_id?: components["schemas"]["TeamId"] | null;
        };
        /**
         * Format: uuid
         * @description A node of a ticket's category tree.
         */
        CategoryId: string;
        /** @description A line of a history. */
        Change: {
            actor?: components["schemas"]["UserId"] | null;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            at: number;
            /** @description Each field that changed: `[before, after]`. */
            fields: Record<string, never>;
            /** @description created, changed, removed, noted, followed, unfollowed. */
            op: string;
            /**
             * Format: int64
             * @description Of the subject, after the change.
             */
            rev: number;
            /** Format: int64 */
            seq: number;
            subject: components["schemas"]["Subject"];
        };
        /** @description Of one's own, or by an admin; `base_rev` is what the writer saw. */
        ChangeNote: {
            /** Format: int64 */
            base_rev: number;
            body: string;
            id: components["schemas"]["NoteId"];
        };
        /**
         * @description How the customer came.
         * @enum {string}
         */
        Channel: "call" | "manual";
        ClientVersion: {
            /** @description `major.minor.patch` */
            version: string;
        };
        /** @description Whom work can be given to, when active. */
        Colleague: {
            active: boolean;
            id: components["schemas"]["UserId"];
            name: string;
            teams: components["schemas"]["TeamId"][];
        };
        /**
         * @description What is to be done. The number after the dot grows when a command's meaning changes; the hub
         *     keeps understanding the ones that a desktop may still hold.
         */
        Command: (components["schemas"]["AddNote"] & {
            /** @enum {string} */
            do: "add_note.1";
        }) | (components["schemas"]["ChangeNote"] & {
            /** @enum {string} */
            do: "change_note.1";
        }) | (components["schemas"]["CreateContact"] & {
            /** @enum {string} */
            do: "create_contact.1";
        }) | (components["schemas"]["CreateOrder"] & {
            /** @enum {string} */
            do: "create_order.1";
        }) | (components["schemas"]["CreateTask"] & {
            /** @enum {string} */
            do: "create_task.1";
        }) | (components["schemas"]["CreateTicket"] & {
            /** @enum {string} */
            do: "create_ticket.1";
        }) | (components["schemas"]["Follow"] & {
            /** @enum {string} */
            do: "follow.1";
        }) | (components["schemas"]["RemoveNote"] & {
            /** @enum {string} */
            do: "remove_note.1";
        }) | (components["schemas"]["ReportCall"] & {
            /** @enum {string} */
            do: "report_call.1";
        }) | (components["schemas"]["SaveCallForm"] & {
            /** @enum {string} */
            do: "save_call_form.1";
        }) | (components["schemas"]["Follow"] & {
            /** @enum {string} */
            do: "unfollow.1";
        }) | (components["schemas"]["UpdateContact"] & {
            /** @enum {string} */
            do: "update_contact.1";
        }) | (components["schemas"]["UpdateOrder"] & {
            /** @enum {string} */
            do: "update_order.1";
        }) | (components["schemas"]["UpdateTask"] & {
            /** @enum {string} */
            do: "update_task.1";
        }) | (components["schemas"]["UpdateTicket"] & {
            /** @enum {string} */
            do: "update_ticket.1";
        });
        /**
         * Format: uuid
         * @description One journalled change; sent again with the same id, it is done once.
         */
        CommandId: string;
        /**
         * @description Everything a desktop has to know of the team. What is not active is there too, for records name
         *     it; it is not offered. Each list in the order that people see.
         */
        Configuration: {
            call_types: components["schemas"]["CallType"][];
            /** @description Parents before their children. */
            categories: components["schemas"]["Category"][];
            dispositions: components["schemas"]["Disposition"][];
            exchange?: components["schemas"]["ExchangeSettings"] | null;
            order_stages: components["schemas"]["OrderStage"][];
            /** @description By name. */
            people: components["schemas"]["Colleague"][];
            popup: components["schemas"]["PopupSettings"];
            products: components["schemas"]["Product"][];
            resolution_types: components["schemas"]["ResolutionType"][];
            /**
             * Format: int64
             * @description Grows with anything here.
             */
            rev: number;
            teams: components["schemas"]["Team"][];
            templates: components["schemas"]["Template"][];
        };
        /** @description A field that two people changed. */
        Conflict: {
            field: string;
            /** @description What the command wants. */
            mine: unknown;
            /** @description What is there now. */
            theirs: unknown;
        };
        /** @description A customer. */
        Contact: {
            account_id?: components["schemas"]["ContactId"] | null;
            address: string;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            created_at: number;
            id: components["schemas"]["ContactId"];
            kind: components["schemas"]["ContactKind"];
            name: string;
            owner_id?: components["schemas"]["UserId"] | null;
            /** @description The first of a kind is the one to use. */
            points: components["schemas"]["ContactPoint"][];
            /** Format: int64 */
            rev: number;
            /** Format: int64 */
            updated_at: number;
        };
        ContactFields: {
            account_id?: components["schemas"]["ContactId"] | null;
            address?: string;
            kind: components["schemas"]["ContactKind"];
            /** @description (*) At most 200 characters. */
            name: string;
            owner_id?: components["schemas"]["UserId"] | null;
            points?: components["schemas"]["ContactPoint"][];
        };
        /**
         * Format: uuid
         * @description A person or an organisation that calls or is called.
         */
        ContactId: string;
        /**
         * @description CP-11.
         * @enum {string}
         */
        ContactKind: "lead" | "contact" | "account";
        /** @description Absent: untouched. `null`: emptied. */
        ContactPatch: {
            /** @default null */
            account_id: components["schemas"]["ContactId"] | null;
            /** @default null */
            address: string | null;
            /** @default null */
            kind: components["schemas"]["ContactKind"] | null;
            /** @default null */
            name: string | null;
            /** @default null */
            owner_id: components["schemas"]["UserId"] | null;
            /** @default null */
            points: components["schemas"]["ContactPoint"][] | null;
        };
        /** @description A number or an address. */
        ContactPoint: {
            /** @description E.164, or lower case: what is compared and dialled. Made by the hub. */
            key?: string;
            kind: components["schemas"]["PointKind"];
            /** @description As it was written. */
            value: string;
        };
        /** @description CP-18: a new customer. The id is made by the writer. */
        CreateContact: components["schemas"]["ContactFields"] & {
            id: components["schemas"]["ContactId"];
        };
        /** @description OR-02. The id is made by the writer; number and totals are the hub's. */
        CreateOrder: {
            /** @description The call it is made from. */
            call_key?: string | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            /** @description ISO 4217; None: VND. */
            currency?: string | null;
            discount?: components["schemas"]["Discount"] | null;
            id: components["schemas"]["OrderId"];
            /** @description At most 200. */
            lines?: components["schemas"]["OrderLine"][];
            owner_id?: components["schemas"]["UserId"] | null;
            receiver_address?: string;
            receiver_name?: string;
            receiver_phone?: string;
            /** @description At most 10,000 characters. */
            remark?: string;
            /**
             * Format: int64
             * @description Minor units.
             */
            shipping?: number;
            stage_id?: components["schemas"]["StageId"] | null;
            /** @description (*) At most 200 characters. */
            title: string;
        };
        /** @description TS-03. The id is made by the writer; the number is the hub's. */
        CreateTask: {
            assignee_id?: components["schemas"]["UserId"] | null;
            /** @description At most 10,000 characters. */
            body?: string;
            /** @description The call it is made from. */
            call_key?: string | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @description (*) Epoch milliseconds.
             */
            due_at?: number | null;
            id: components["schemas"]["TaskId"];
            order_id?: components["schemas"]["OrderId"] | null;
            priority?: components["schemas"]["Priority"] | null;
            ticket_id?: components["schemas"]["TicketId"] | null;
            /** @description (*) At most 200 characters. */
            title: string;
        };
        /** @description TK-12. The id is made by the writer; the number is the hub's. */
        CreateTicket: {
            assignee_id?: components["schemas"]["UserId"] | null;
            /** @description The call it is made from. */
            call_key?: string | null;
            category_id?: components["schemas"]["CategoryId"] | null;
            channel?: components["schemas"]["Channel"] | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            id: components["schemas"]["TicketId"];
            priority?: components["schemas"]["Priority"] | null;
            /** @description At most 10,000 characters. */
            summary?: string;
            team_id?: components["schemas"]["TeamId"] | null;
            /** @description (*) At most 200 characters. */
            title: string;
        };
        /** @description What is taken off a line or an order. */
        Discount: {
            kind: components["schemas"]["DiscountKind"];
            /** Format: int64 */
            value: number;
        };
        /**
         * @description How a discount is counted.
         * @enum {string}
         */
        DiscountKind: "AMOUNT" | "PERCENT";
        /** @description What came of a call. */
        Disposition: {
            active: boolean;
            id: components["schemas"]["DispositionId"];
            /** @description (*) At most 100 characters. */
            label: string;
            /**
             * Format: int64
             * @description Made by the hub.
             */
            position: number;
            /** Format: int64 */
            rev: number;
        };
        /**
         * Format: uuid
         * @description What came of a call, as chosen in the popup. Not the technical [`crate::EndCause`].
         */
        DispositionId: string;
        /** @description What has become of the subject. */
        Done: {
            /**
             * Format: int64
             * @description What people call it, of a ticket, task or order.
             */
            number?: number | null;
            /** Format: int64 */
            rev: number;
            subject: components["schemas"]["Subject"];
        };
        /** @description An entry of a list. Its id is made by the writer. `rev` is what the writer saw, 0 for a new one. */
        Entry: (components["schemas"]["Category"] & {
            /** @enum {string} */
            list: "category";
        }) | (components["schemas"]["CallType"] & {
            /** @enum {string} */
            list: "call_type";
        }) | (components["schemas"]["Disposition"] & {
            /** @enum {string} */
            list: "disposition";
        }) | (components["schemas"]["ResolutionType"] & {
            /** @enum {string} */
            list: "resolution_type";
        }) | (components["schemas"]["Template"] & {
            /** @enum {string} */
            list: "template";
        }) | (components["schemas"]["Product"] & {
            /** @enum {string} */
            list: "product";
        }) | (components["schemas"]["OrderStage"] & {
            /** @enum {string} */
            list: "order_stage";
        });
        /** @description Entries of one list in the order they shall have. */
        EntryOrder: {
            ids: string[];
        };
        /** @description A command and its own id, by which it is done once. The id is made by the writer (UUID version 7). */
        Envelope: {
            command: components["schemas"]["Command"];
            id: components["schemas"]["CommandId"];
        };
        /** @description Where desktops register. A person's extension and secret come with their sign-in. */
        ExchangeSettings: {
            /** @description `national`, `+84`, `84`, `prefix:9`; none: as the desktop does by itself. */
            dial_format?: string | null;
            /** @description (*) `wss://host/ws`, `sips:host`, `sip:host;transport=tcp`. */
            server: string;
        };
        /** @description TK-32: who is told about it, or no longer. */
        Follow: {
            subject: components["schemas"]["Subject"];
            user_id?: components["schemas"]["UserId"] | null;
        };
        /** @description What was found, of each kind the most exact first: at most 20 in all. */
        Found: {
            contacts: components["schemas"]["Hit"][];
            orders: components["schemas"]["Hit"][];
            tasks: components["schemas"]["Hit"][];
            tickets: components["schemas"]["Hit"][];
        };
        /** @description Something that was found. */
        Hit: {
            /** @description A customer's number; of a ticket, a task or an order the customer's name. */
            detail: string;
            /**
             * Format: int64
             * @description Of a ticket, a task or an order.
             */
            number?: number | null;
            subject: components["schemas"]["Subject"];
            title: string;
        };
        /** @description The hub that answers. */
        HubVersion: {
            /** Format: int32 */
            protocol: number;
            /** @description `major.minor.patch`. A client one minor older or newer works. */
            version: string;
        };
        /**
         * @description What became of a ring, as the phone's history says it.
         * @enum {string}
         */
        LegResult: "answered" | "missed" | "declined" | "elsewhere" | "not_reached";
        LineChange: components["schemas"]["LineFields"] | null;
        /** @description What people write of a line. */
        LineFields: {
            discount?: components["schemas"]["Discount"] | null;
            /** @description (*) At most 200 characters. */
            name: string;
            /**
             * Format: int64
             * @description Among the lines.
             */
            position?: number;
            product_id?: components["schemas"]["ProductId"] | null;
            /**
             * Format: int64
             * @description (*) Thousandths: 1500 is one and a half.
             */
            quantity: number;
            /** Format: int64 */
            unit_price: number;
        };
        /** @description One person's place in a team. */
        Membership: {
            is_lead?: boolean;
            team: components["schemas"]["TeamId"];
        };
        NewPassword: {
            /** @description At least 8 characters, not a common one. */
            new: string;
            old: string;
        };
        /** @description Somebody new. */
        NewPerson: {
            email?: string | null;
            /** @description Of the exchange; nobody else has it. */
            extension?: string | null;
            /** @description (*) */
            name: string;
            password: string;
            role: components["schemas"]["Role"];
            /** @description What the phone registers with. Never read back. */
            sip_password?: string | null;
            teams?: components["schemas"]["Membership"][];
            /** @description (*) What is typed to sign in: at most 64 characters without spaces; case does not matter. */
            username: string;
        };
        NewTeam: {
            /** @description (*) No other team has it. */
            name: string;
        };
        /** @description Asked for as `before_at` and `before_id`. */
        Next: {
            /** Format: int64 */
            at: number;
            /** Format: uuid */
            id: string;
        };
        /** @description What somebody wrote on something. */
        Note: {
            author_id: components["schemas"]["UserId"];
            body: string;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            created_at: number;
            id: components["schemas"]["NoteId"];
            /** Format: int64 */
            rev: number;
            subject: components["schemas"]["Subject"];
            /** Format: int64 */
            updated_at: number;
        };
        /** Format: uuid */
        NoteId: string;
        /** @description What is written on something, and who is told about it. */
        Notes: {
            followers: string[];
            /** @description Newest first. */
            notes: components["schemas"]["Note"][];
        };
        /** @description A form and its call. */
        OpenForm: {
            call: components["schemas"]["Call"];
            form: components["schemas"]["CallForm"];
        };
        /** @description What a customer buys. Money is minor units of its currency. */
        Order: {
            /**
             * Format: uuid
             * @description The call it was made from.
             */
            call_id?: string | null;
            contact_id: components["schemas"]["ContactId"];
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            created_at: number;
            created_by: components["schemas"]["UserId"];
            /** @description ISO 4217. */
            currency: string;
            discount?: components["schemas"]["Discount"] | null;
            id: components["schemas"]["OrderId"];
            /** @description By their position. */
            lines: components["schemas"]["OrderLine"][];
            /**
             * Format: int64
             * @description What people say.
             */
            number: number;
            /** @description The person in charge. */
            owner_id: components["schemas"]["UserId"];
            receiver_address: string;
            receiver_name: string;
            receiver_phone: string;
            remark: string;
            /** Format: int64 */
            rev: number;
            /** Format: int64 */
            shipping: number;
            stage_id: components["schemas"]["StageId"];
            /**
             * Format: int64
             * @description All lines.
             */
            subtotal: number;
            title: string;
            /**
             * Format: int64
             * @description Less the discount, with the shipping.
             */
            total: number;
            /** Format: int64 */
            updated_at: number;
        };
        /** @description An order with what its page shows. */
        OrderDetail: {
            contact: components["schemas"]["Contact"];
            followers: string[];
            notes: components["schemas"]["Note"][];
            order: components["schemas"]["Order"];
            /** @description OR-21. */
            tasks: components["schemas"]["TaskRow"][];
        };
        /** Format: uuid */
        OrderId: string;
        /** @description How much of what. Money is minor units of the order's currency. */
        OrderLine: components["schemas"]["LineFields"] & {
            /** @description Made by the writer. */
            id: components["schemas"]["OrderLineId"];
            /**
             * Format: int64
             * @description After its discount. Made by the hub.
             */
            total?: number;
        };
        /** Format: uuid */
        OrderLineId: string;
        /** @description Absent: untouched. `null`: emptied. */
        OrderPatch: {
            /** @default null */
            contact_id: components["schemas"]["ContactId"] | null;
            /** @default null */
            discount: components["schemas"]["Discount"] | null;
            /**
             * @description OR-22: each line that is added, changed or (`null`) removed, by its id. Two people may
             *     change different lines.
             * @default {}
             */
            lines: {
                [key: string]: components["schemas"]["LineChange"];
            };
            /** @default null */
            owner_id: components["schemas"]["UserId"] | null;
            /** @default null */
            receiver_address: string | null;
            /** @default null */
            receiver_name: string | null;
            /** @default null */
            receiver_phone: string | null;
            /** @default null */
            remark: string | null;
            /**
             * Format: int64
             * @default null
             */
            shipping: number | null;
            /** @default null */
            stage_id: components["schemas"]["StageId"] | null;
            /** @default null */
            title: string | null;
        };
        /** @description An order in a list. */
        OrderRow: {
            contact_id: components["schemas"]["ContactId"];
            contact_name: string;
            /** Format: int64 */
            created_at: number;
            currency: string;
            id: components["schemas"]["OrderId"];
            /** Format: int64 */
            number: number;
            owner_id: components["schemas"]["UserId"];
            /** Format: int64 */
            rev: number;
            stage_id: components["schemas"]["StageId"];
            title: string;
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            updated_at: number;
        };
        /** @description A stage. Orders begin in the first one that is active and open. */
        OrderStage: {
            active: boolean;
            id: components["schemas"]["StageId"];
            /** @description Open, won or lost. */
            kind: components["schemas"]["StageKind"];
            /** @description (*) At most 100 characters. */
            label: string;
            /**
             * Format: int64
             * @description Made by the hub.
             */
            position: number;
            /** Format: int64 */
            rev: number;
        };
        /** @description Lines after a cursor. */
        Page: {
            changes: components["schemas"]["Change"][];
            /**
             * Format: int64
             * @description The cursor to go on from; more may be there when it is not `head`.
             */
            cursor: number;
            /** Format: int64 */
            head: number;
            /** @description As [`Pushed::Reset`]. */
            reset: boolean;
        };
        /** @description Some rows of a list, newest first. */
        Page_CallEntry: {
            next?: components["schemas"]["Next"] | null;
            rows: (components["schemas"]["Call"] & {
                /** @description What each agent wrote. All may read them, only its writer may change one (CP-08). */
                forms: components["schemas"]["CallForm"][];
                legs: components["schemas"]["CallLeg"][];
            })[];
        };
        /** @description Some rows of a list, newest first. */
        Page_OrderRow: {
            next?: components["schemas"]["Next"] | null;
            rows: {
                contact_id: components["schemas"]["ContactId"];
                contact_name: string;
                /** Format: int64 */
                created_at: number;
                currency: string;
                id: components["schemas"]["OrderId"];
                /** Format: int64 */
                number: number;
                owner_id: components["schemas"]["UserId"];
                /** Format: int64 */
                rev: number;
                stage_id: components["schemas"]["StageId"];
                title: string;
                /** Format: int64 */
                total: number;
                /** Format: int64 */
                updated_at: number;
            }[];
        };
        /** @description Some rows of a list, newest first. */
        Page_TaskRow: {
            next?: components["schemas"]["Next"] | null;
            rows: {
                assignee_id: components["schemas"]["UserId"];
                contact_id?: components["schemas"]["ContactId"] | null;
                contact_name?: string | null;
                /** Format: int64 */
                created_at: number;
                /** Format: int64 */
                done_at?: number | null;
                done_by?: components["schemas"]["UserId"] | null;
                /** Format: int64 */
                due_at: number;
                id: components["schemas"]["TaskId"];
                /** Format: int64 */
                number: number;
                order_id?: components["schemas"]["OrderId"] | null;
                priority: components["schemas"]["Priority"];
                /** Format: int64 */
                rev: number;
                state: components["schemas"]["TaskState"];
                ticket_id?: components["schemas"]["TicketId"] | null;
                title: string;
                /** Format: int64 */
                updated_at: number;
            }[];
        };
        /** @description Some rows of a list, newest first. */
        Page_TicketRow: {
            next?: components["schemas"]["Next"] | null;
            rows: {
                assignee_id?: components["schemas"]["UserId"] | null;
                category_id: components["schemas"]["CategoryId"];
                channel: components["schemas"]["Channel"];
                contact_id: components["schemas"]["ContactId"];
                contact_name: string;
                /** Format: int64 */
                created_at: number;
                /** Format: int64 */
                first_reply_due?: number | null;
                id: components["schemas"]["TicketId"];
                /** Format: int64 */
                number: number;
                priority: components["schemas"]["Priority"];
                /** Format: int64 */
                resolve_due?: number | null;
                /** Format: int64 */
                resolved_at?: number | null;
                /** Format: int64 */
                rev: number;
                state: components["schemas"]["TicketState"];
                team_id?: components["schemas"]["TeamId"] | null;
                title: string;
                /** Format: int64 */
                updated_at: number;
            }[];
        };
        /** @description A person of the team. */
        Person: {
            /** @description Who is not active keeps their history and cannot sign in. */
            active: boolean;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            created_at: number;
            email?: string | null;
            /** @description Of the exchange, what this person's phone registers as. */
            extension?: string | null;
            id: components["schemas"]["UserId"];
            name: string;
            /** Format: int64 */
            rev: number;
            role: components["schemas"]["Role"];
            /** Format: int64 */
            updated_at: number;
            /** @description What is typed to sign in; lower case. */
            username: string;
        };
        /** @description Absent: untouched. `null`: emptied. */
        PersonPatch: {
            /** @default null */
            active: boolean | null;
            /** @default null */
            email: string | null;
            /** @default null */
            extension: string | null;
            /** @default null */
            name: string | null;
            /** @default null */
            role: components["schemas"]["Role"] | null;
            /** @default null */
            sip_password: string | null;
            /** @default null */
            teams: components["schemas"]["Membership"][] | null;
            /** @default null */
            username: string | null;
        };
        /** @description A person as an admin sees them. */
        PersonView: components["schemas"]["Person"] & {
            has_sip_password: boolean;
            teams: components["schemas"]["Membership"][];
        };
        /**
         * @description How a customer is reached.
         * @enum {string}
         */
        PointKind: "phone" | "email";
        /** @description A call's customer and what was before. */
        Popup: {
            call?: components["schemas"]["Call"] | null;
            calls: components["schemas"]["CallEntry"][];
            /**
             * Format: int64
             * @description With this number, this call among them.
             */
            calls_today: number;
            contact?: components["schemas"]["Contact"] | null;
            form?: components["schemas"]["CallForm"] | null;
            /** @description All who have the number. */
            matches: components["schemas"]["Contact"][];
            /** @description When nobody has it: who it could be. */
            maybe: components["schemas"]["Contact"][];
            orders: components["schemas"]["OrderRow"][];
            /** @description Those with work to do. */
            tasks: components["schemas"]["TaskRow"][];
            /** @description TK-34. */
            tickets: components["schemas"]["TicketRow"][];
        };
        /** @description CP-16: which of these can be made from the popup. */
        PopupButtons: {
            order: boolean;
            task: boolean;
            ticket: boolean;
        };
        /** @description What the popup shows and asks for. */
        PopupSettings: {
            buttons: components["schemas"]["PopupButtons"];
            /** @description A call is not finished before the agent has said what came of it. */
            require_disposition: boolean;
            /** @description CP-13: those that are shown, in this order. */
            tabs: components["schemas"]["PopupTab"][];
        };
        /**
         * @description A tab of the customer's history in the popup.
         * @enum {string}
         */
        PopupTab: "calls" | "tickets" | "orders" | "tasks";
        /**
         * @description How urgent a ticket is, the most urgent first.
         * @enum {string}
         */
        Priority: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
        /**
         * @description The body of every answer that is no success. `code` selects the sentence on screen, `params`
         *     fill it.
         */
        Problem: {
            code: string;
            /** @description Of a `conflict`: what both sides wrote. */
            conflicts?: components["schemas"]["Conflict"][];
            params: [
                string,
                string
            ][];
            /** @description Ties the sentence on screen to the hub's log. */
            trace_id: string;
        };
        /** @description Something sold. */
        Product: {
            active: boolean;
            id: components["schemas"]["ProductId"];
            /** @description (*) At most 200 characters. */
            name: string;
            /**
             * Format: int64
             * @description Made by the hub.
             */
            position: number;
            /**
             * Format: int64
             * @description Of one, in minor units.
             */
            price: number;
            /** Format: int64 */
            rev: number;
            /** @description (*) At most 50 characters; no other product has it. */
            sku: string;
            /** @description What one is: a piece, a box. At most 30 characters. */
            unit: string;
        };
        /** Format: uuid */
        ProductId: string;
        /** @description What a reader is told. `seq` of the last change is the cursor to come back with. */
        Pushed: {
            /** @description The first: the newest line there is. */
            welcome: {
                /** Format: int64 */
                head: number;
            };
        } | {
            change: components["schemas"]["Change"];
        } | {
            /**
             * @description The cursor is older than what is kept, or of another database: read everything anew, and
             *     follow from `head` on.
             */
            reset: {
                /** Format: int64 */
                head: number;
            };
        };
        /** @description Of one's own, or by an admin. */
        RemoveNote: {
            id: components["schemas"]["NoteId"];
        };
        /**
         * @description What one desk knows of a call by now. All desks of a call report under its one key; each adds
         *     its own leg. What does not fit is cut: nobody sits there who could shorten it.
         */
        ReportCall: {
            /** Format: int64 */
            answered_at?: number | null;
            /** @description The number that was called. */
            did?: string | null;
            direction: components["schemas"]["CallDirection"];
            /** Format: int64 */
            ended_at?: number | null;
            /**
             * @description X-Alobar-Call, else the exchange's own key, else one that the desk makes. At most 200
             *     characters.
             */
            key: string;
            leg: components["schemas"]["ReportLeg"];
            /** @description The other side's number; empty when hidden. */
            peer?: string;
            peer_name?: string | null;
            queue?: string | null;
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            started_at: number;
        };
        /** @description The ring at this desk, or the call out from it. The id is made by the desk. */
        ReportLeg: {
            /** Format: int64 */
            answered_at?: number | null;
            /** @description As `EndCause::code` names it. */
            cause?: string | null;
            /** Format: int64 */
            ended_at?: number | null;
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            rang_at: number;
            result?: components["schemas"]["LegResult"] | null;
            /** Format: int32 */
            sip_status?: number | null;
        };
        ResetPassword: {
            /** @description At least 8 characters, not a common one. */
            password: string;
        };
        /** @description A way a ticket is solved. */
        ResolutionType: {
            active: boolean;
            id: components["schemas"]["ResolutionTypeId"];
            /** @description (*) At most 100 characters. */
            label: string;
            /**
             * Format: int64
             * @description Made by the hub.
             */
            position: number;
            /** Format: int64 */
            rev: number;
        };
        /**
         * Format: uuid
         * @description How a ticket was solved.
         */
        ResolutionTypeId: string;
        /**
         * @description What a person may do; each role may do what the ones before it may.
         * @enum {string}
         */
        Role: "agent" | "lead" | "admin";
        /**
         * @description CP-09, CP-14: the whole form as it stands at the writer's desk; it may come before the call is
         *     reported. One form for each agent of a call, and only one's own (CP-08).
         */
        SaveCallForm: {
            /** @description At most 10,000 characters. */
            body?: string;
            call_key: string;
            call_type_id?: components["schemas"]["CallTypeId"] | null;
            closed?: boolean;
            contact_id?: components["schemas"]["ContactId"] | null;
            disposition_id?: components["schemas"]["DispositionId"] | null;
            /**
             * Format: int64
             * @description Grows with each save of one form, by the writer's clock: what was written before that which
             *     stands is acknowledged and changes nothing.
             */
            written_at: number;
        };
        SignIn: {
            /** @description From a page of the hub: the token goes into a cookie that no script reads. */
            browser?: boolean;
            client?: components["schemas"]["ClientVersion"] | null;
            password: string;
            user: string;
        };
        /** @description Who is signed in, and what their desktop needs. */
        SignInAnswer: {
            hub: components["schemas"]["HubVersion"];
            person: components["schemas"]["SignedInPerson"];
            sip?: components["schemas"]["SipAccount"] | null;
            /** @description For `Authorization: Bearer`. Only once, and not for a browser. */
            token?: string | null;
        };
        SignedInPerson: {
            extension?: string | null;
            id: components["schemas"]["UserId"];
            name: string;
            role: components["schemas"]["Role"];
            teams: components["schemas"]["TeamOfPerson"][];
            username: string;
        };
        /** @description What a phone registers with. */
        SipAccount: {
            dial_format?: string | null;
            password: string;
            /** @description As in the account file: `wss://host/ws`, `sips:host`, … */
            server: string;
            user: string;
        };
        /**
         * Format: uuid
         * @description A stage of orders.
         */
        StageId: string;
        /**
         * @description What a stage means for the sale.
         * @enum {string}
         */
        StageKind: "OPEN" | "WON" | "LOST";
        /** @description One thing. */
        Subject: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["SubjectKind"];
        };
        /**
         * @description What kind of thing.
         * @enum {string}
         */
        SubjectKind: "contact" | "call" | "ticket" | "task" | "order" | "admin";
        /** @description Work given to a person. */
        Task: {
            assignee_id: components["schemas"]["UserId"];
            body: string;
            /**
             * Format: uuid
             * @description The call it was made from.
             */
            call_id?: string | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            created_at: number;
            created_by: components["schemas"]["UserId"];
            /**
             * Format: int64
             * @description TS-14: the moment of the click, and whose it was.
             */
            done_at?: number | null;
            done_by?: components["schemas"]["UserId"] | null;
            /** Format: int64 */
            due_at: number;
            id: components["schemas"]["TaskId"];
            /**
             * Format: int64
             * @description What people say.
             */
            number: number;
            order_id?: components["schemas"]["OrderId"] | null;
            priority: components["schemas"]["Priority"];
            /** Format: int64 */
            rev: number;
            state: components["schemas"]["TaskState"];
            ticket_id?: components["schemas"]["TicketId"] | null;
            title: string;
            /** Format: int64 */
            updated_at: number;
        };
        /** @description A task with what its page shows. */
        TaskDetail: {
            contact?: components["schemas"]["Contact"] | null;
            followers: string[];
            notes: components["schemas"]["Note"][];
            task: components["schemas"]["Task"];
        };
        /** Format: uuid */
        TaskId: string;
        /** @description Absent: untouched. `null`: emptied. */
        TaskPatch: {
            /** @default null */
            assignee_id: components["schemas"]["UserId"] | null;
            /** @default null */
            body: string | null;
            /** @default null */
            contact_id: components["schemas"]["ContactId"] | null;
            /**
             * Format: int64
             * @default null
             */
            due_at: number | null;
            /** @default null */
            order_id: components["schemas"]["OrderId"] | null;
            /** @default null */
            priority: components["schemas"]["Priority"] | null;
            /** @default null */
            state: components["schemas"]["TaskState"] | null;
            /** @default null */
            ticket_id: components["schemas"]["TicketId"] | null;
            /** @default null */
            title: string | null;
        };
        /** @description A task in a list. */
        TaskRow: {
            assignee_id: components["schemas"]["UserId"];
            contact_id?: components["schemas"]["ContactId"] | null;
            contact_name?: string | null;
            /** Format: int64 */
            created_at: number;
            /** Format: int64 */
            done_at?: number | null;
            done_by?: components["schemas"]["UserId"] | null;
            /** Format: int64 */
            due_at: number;
            id: components["schemas"]["TaskId"];
            /** Format: int64 */
            number: number;
            order_id?: components["schemas"]["OrderId"] | null;
            priority: components["schemas"]["Priority"];
            /** Format: int64 */
            rev: number;
            state: components["schemas"]["TaskState"];
            ticket_id?: components["schemas"]["TicketId"] | null;
            title: string;
            /** Format: int64 */
            updated_at: number;
        };
        /**
         * @description Where a task stands, in the order of the bar. Each state leads to every other.
         * @enum {string}
         */
        TaskState: "TO_DO" | "IN_PROGRESS" | "DONE" | "CANCELLED";
        /** @description A group that work is given to. */
        Team: {
            /** @description Who is not active keeps its history and is no longer offered. */
            active: boolean;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            created_at: number;
            id: components["schemas"]["TeamId"];
            name: string;
            /** Format: int64 */
            rev: number;
            /** Format: int64 */
            updated_at: number;
        };
        /** Format: uuid */
        TeamId: string;
        TeamOfPerson: {
            id: components["schemas"]["TeamId"];
            is_lead: boolean;
            name: string;
        };
        /** @description Absent: untouched. */
        TeamPatch: {
            /** @default null */
            active: boolean | null;
            /** @default null */
            name: string | null;
        };
        /** @description A prepared text. */
        Template: {
            active: boolean;
            /** @description At most 10,000 characters. */
            body: string;
            category_id?: components["schemas"]["CategoryId"] | null;
            id: components["schemas"]["TemplateId"];
            kind: components["schemas"]["TemplateKind"];
            /**
             * Format: int64
             * @description Made by the hub.
             */
            position: number;
            priority?: components["schemas"]["Priority"] | null;
            /** Format: int64 */
            rev: number;
            /** @description (*) At most 200 characters. */
            title: string;
        };
        /** Format: uuid */
        TemplateId: string;
        /**
         * @description What a template fills.
         * @enum {string}
         */
        TemplateKind: "ticket" | "note";
        /** @description A customer's problem or request. */
        Ticket: {
            assignee_id?: components["schemas"]["UserId"] | null;
            /**
             * Format: uuid
             * @description The call it was made from.
             */
            call_id?: string | null;
            category_id: components["schemas"]["CategoryId"];
            channel: components["schemas"]["Channel"];
            /** Format: int64 */
            closed_at?: number | null;
            contact_id: components["schemas"]["ContactId"];
            /**
             * Format: int64
             * @description Epoch milliseconds, as all times here.
             */
            created_at: number;
            created_by: components["schemas"]["UserId"];
            /**
             * Format: int64
             * @description By the category's service level; none: nothing was promised.
             */
            first_reply_due?: number | null;
            id: components["schemas"]["TicketId"];
            /**
             * Format: int64
             * @description What people say.
             */
            number: number;
            priority: components["schemas"]["Priority"];
            /**
             * Format: int64
             * @description How often.
             */
            reopened: number;
            resolution_text: string;
            resolution_type_id?: components["schemas"]["ResolutionTypeId"] | null;
            /** Format: int64 */
            resolve_due?: number | null;
            /** Format: int64 */
            resolved_at?: number | null;
            /** Format: int64 */
            rev: number;
            state: components["schemas"]["TicketState"];
            summary: string;
            team_id?: components["schemas"]["TeamId"] | null;
            title: string;
            /** Format: int64 */
            updated_at: number;
        };
        /** @description A ticket with what its page shows. */
        TicketDetail: {
            /** @description TK-38: the customer's latest. */
            calls: components["schemas"]["CallEntry"][];
            contact: components["schemas"]["Contact"];
            followers: string[];
            /** @description TK-34: the customer's latest, this one among them. */
            latest: components["schemas"]["TicketRow"][];
            /** @description TK-30: where this person may take it. */
            next_states: components["schemas"]["TicketState"][];
            notes: components["schemas"]["Note"][];
            tasks: components["schemas"]["TaskRow"][];
            ticket: components["schemas"]["Ticket"];
        };
        /** Format: uuid */
        TicketId: string;
        /** @description Absent: untouched. `null`: emptied. */
        TicketPatch: {
            /** @default null */
            assignee_id: components["schemas"]["UserId"] | null;
            /** @default null */
            category_id: components["schemas"]["CategoryId"] | null;
            /** @default null */
            contact_id: components["schemas"]["ContactId"] | null;
            /** @default null */
            priority: components["schemas"]["Priority"] | null;
            /** @default null */
            resolution_text: string | null;
            /** @default null */
            resolution_type_id: components["schemas"]["ResolutionTypeId"] | null;
            /** @default null */
            state: components["schemas"]["TicketState"] | null;
            /** @default null */
            summary: string | null;
            /** @default null */
            team_id: components["schemas"]["TeamId"] | null;
            /** @default null */
            title: string | null;
        };
        /** @description A ticket in a list. */
        TicketRow: {
            assignee_id?: components["schemas"]["UserId"] | null;
            category_id: components["schemas"]["CategoryId"];
            channel: components["schemas"]["Channel"];
            contact_id: components["schemas"]["ContactId"];
            contact_name: string;
            /** Format: int64 */
            created_at: number;
            /** Format: int64 */
            first_reply_due?: number | null;
            id: components["schemas"]["TicketId"];
            /** Format: int64 */
            number: number;
            priority: components["schemas"]["Priority"];
            /** Format: int64 */
            resolve_due?: number | null;
            /** Format: int64 */
            resolved_at?: number | null;
            /** Format: int64 */
            rev: number;
            state: components["schemas"]["TicketState"];
            team_id?: components["schemas"]["TeamId"] | null;
            title: string;
            /** Format: int64 */
            updated_at: number;
        };
        /**
         * @description Where a ticket stands, in the order of the bar.
         * @enum {string}
         */
        TicketState: "NEW" | "ASSIGNED" | "OPEN" | "WAIT_FOR_CUSTOMER" | "WAIT_FOR_3RD_PARTY" | "RESOLVED" | "CLOSED";
        /** @description Changes the fields that are there; `base_rev` is what the writer saw. */
        UpdateContact: {
            /** Format: int64 */
            base_rev: number;
            fields: components["schemas"]["ContactPatch"];
            id: components["schemas"]["ContactId"];
        };
        /** @description Changes the fields that are there; `base_rev` is what the writer saw. */
        UpdateOrder: {
            /** Format: int64 */
            base_rev: number;
            fields: components["schemas"]["OrderPatch"];
            id: components["schemas"]["OrderId"];
        };
        /** @description Changes the fields that are there; `base_rev` is what the writer saw. */
        UpdateTask: {
            /** Format: int64 */
            base_rev: number;
            /**
             * Format: int64
             * @description TS-14: the moment of the click, by the writer's clock; the command may come later.
             */
            clicked_at?: number | null;
            fields: components["schemas"]["TaskPatch"];
            id: components["schemas"]["TaskId"];
        };
        /**
         * @description Changes the fields that are there; `base_rev` is what the writer saw. The state is not merged:
         *     what leads on from the state that is there now is done (TK-30, TK-31).
         */
        UpdateTicket: {
            /** Format: int64 */
            base_rev: number;
            fields: components["schemas"]["TicketPatch"];
            id: components["schemas"]["TicketId"];
        };
        /**
         * Format: uuid
         * @description Who signs in.
         */
        UserId: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
