BEGIN TRANSACTION;
CREATE TABLE accounts (
	room_id VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	name_key VARCHAR(128) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	version BIGINT NOT NULL, 
	created_at_ms BIGINT NOT NULL, look_key VARCHAR(128), 
	CONSTRAINT pk_accounts PRIMARY KEY (room_id, user_id), 
	CONSTRAINT fk_accounts_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT uq_accounts_room_id_name_key UNIQUE (room_id, name_key)
);
INSERT INTO "accounts" VALUES('main','guest-c5ed543d73fa15bb','小王','小王','$argon2id$v=19$m=65536,t=3,p=4$3fSUAaxgsN5md7dNdCqw0Q$/3Jj3ud/PqFnaiwdWZ4erj+K5QEFSoiyGd5jWFBqI7g',1,1796158918668,'小王');
INSERT INTO "accounts" VALUES('main','guest-138ec09fe6ee5a2f','Lily','lily','$argon2id$v=19$m=65536,t=3,p=4$LwtjoZTfLU3d2GUebgei1A$i9lemV1f2kQuV2kq8ymrN4gAgV6yvxBtLyGpNQ13DP0',1,1796158919518,'llly');
INSERT INTO "accounts" VALUES('second','guest-da39d3c0642a858a','小王','小王','$argon2id$v=19$m=65536,t=3,p=4$YXvDI8r9xeLxuhb7f5tcAg$eViX0njyTr7ndT8DHF7wElf/4VyQC5nbWj7c5wM74VU',1,1796158920321,'小王');
INSERT INTO "accounts" VALUES('second','guest-04cf6a56a86e4ebc','LiIy','liiy','$argon2id$v=19$m=65536,t=3,p=4$Ze6nQ8SgNH9lWzYDn/gKDQ$K1AFtzyTPxRHzf/m0d6I9HRhYACvQ6S4J+9CzlUR2bI',1,1796158920929,'llly');
INSERT INTO "accounts" VALUES('second','guest-b16db8c81986dfc7','小李','小李','$argon2id$v=19$m=65536,t=3,p=4$kFb0RvdsiqFmXbzHYQTlXQ$hjJxIEPdRwPB4sO1l/Wn8R5mNd0H09RXzepdxjmtHzY',1,1796158921670,'小李');
CREATE TABLE addresses (
	address_id VARCHAR(32) NOT NULL, 
	buyer_id VARCHAR(160) NOT NULL, 
	country VARCHAR(2) NOT NULL, 
	postcode VARCHAR(16) NOT NULL, 
	province VARCHAR(64) NOT NULL, 
	city VARCHAR(64) NOT NULL, 
	district VARCHAR(64) NOT NULL, 
	street VARCHAR(200) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	phone VARCHAR(32) NOT NULL, 
	is_default BOOLEAN DEFAULT 0 NOT NULL, 
	updated_at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_addresses PRIMARY KEY (address_id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('settled_suspense');
CREATE TABLE api_tokens (
	room_id VARCHAR(64) NOT NULL, 
	token_id VARCHAR(16) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	rights TEXT NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	last_used_at_ms BIGINT, 
	CONSTRAINT pk_api_tokens PRIMARY KEY (room_id, token_id), 
	CONSTRAINT fk_api_tokens_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT uq_api_tokens_room_id_name UNIQUE (room_id, name), 
	CONSTRAINT uq_api_tokens_digest UNIQUE (digest)
);
CREATE TABLE bundles (
	bundle_sku_id VARCHAR(160) NOT NULL, 
	component_sku_id VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_bundles PRIMARY KEY (bundle_sku_id, component_sku_id), 
	CONSTRAINT ck_bundles_quantity_above_zero CHECK (quantity > 0), 
	CONSTRAINT fk_bundles_bundle_sku_id FOREIGN KEY(bundle_sku_id) REFERENCES skus (sku_id), 
	CONSTRAINT fk_bundles_component_sku_id FOREIGN KEY(component_sku_id) REFERENCES skus (sku_id)
);
CREATE TABLE buyer_limits (
	sku_id VARCHAR(160) NOT NULL, 
	buyer_key VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_buyer_limits PRIMARY KEY (sku_id, buyer_key), 
	CONSTRAINT ck_buyer_limits_quantity_not_negative CHECK (quantity >= 0), 
	CONSTRAINT fk_buyer_limits_sku_id FOREIGN KEY(sku_id) REFERENCES skus (sku_id)
);
CREATE TABLE case_changes (
	case_id VARCHAR(32) NOT NULL, 
	version BIGINT NOT NULL, 
	from_state VARCHAR(16) NOT NULL, 
	to_state VARCHAR(16) NOT NULL, 
	actor VARCHAR(160) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_case_changes PRIMARY KEY (case_id, version), 
	CONSTRAINT fk_case_changes_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
);
CREATE TABLE case_lines (
	case_id VARCHAR(32) NOT NULL, 
	line INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	restocked BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_case_lines PRIMARY KEY (case_id, line), 
	CONSTRAINT ck_case_lines_quantity_above_zero CHECK (quantity > 0), 
	CONSTRAINT ck_case_lines_restocked_within CHECK (restocked >= 0 AND restocked <= quantity), 
	CONSTRAINT fk_case_lines_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
);
CREATE TABLE cases (
	case_id VARCHAR(32) NOT NULL, 
	order_id VARCHAR(32) NOT NULL, 
	buyer_id VARCHAR(160) NOT NULL, 
	room_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	goods_minor BIGINT NOT NULL, 
	shipping_minor BIGINT NOT NULL, 
	carrier VARCHAR(64) DEFAULT '' NOT NULL, 
	tracking VARCHAR(64) DEFAULT '' NOT NULL, 
	is_escalated BOOLEAN DEFAULT 0 NOT NULL, 
	due_at_ms BIGINT, 
	version BIGINT NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	closed_at_ms BIGINT, 
	CONSTRAINT pk_cases PRIMARY KEY (case_id), 
	CONSTRAINT ck_cases_kind_known CHECK (kind IN ('refund_only', 'return', 'exchange')), 
	CONSTRAINT ck_cases_state_known CHECK (state IN ('requested', 'approved', 'sent_back', 'received', 'refunded', 'exchanged', 'declined', 'withdrawn')), 
	CONSTRAINT ck_cases_money_not_negative CHECK (goods_minor >= 0 AND shipping_minor >= 0), 
	CONSTRAINT fk_cases_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id)
);
CREATE TABLE event_log (
	room_id VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	media_ms BIGINT, 
	entry TEXT NOT NULL, 
	CONSTRAINT pk_event_log PRIMARY KEY (room_id, number), 
	CONSTRAINT fk_event_log_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
INSERT INTO "event_log" VALUES('second',1,1796158917756,'',NULL,'{"type":"backend_started"}');
INSERT INTO "event_log" VALUES('main',1,1796158917752,'',NULL,'{"type":"backend_started"}');
INSERT INTO "event_log" VALUES('main',2,1796158917825,'fc90200d5a5deefc',NULL,'{"type":"session_began","session_id":"fc90200d5a5deefc","reason":"host"}');
INSERT INTO "event_log" VALUES('main',3,1796158917867,'fc90200d5a5deefc',NULL,'{"type":"entered","user_id":"guest-c5ed543d73fa15bb","source":""}');
INSERT INTO "event_log" VALUES('main',4,1796158917881,'fc90200d5a5deefc',NULL,'{"type":"coins_granted","author":{"user_id":"guest-c5ed543d73fa15bb","name":"游客E077","role":"viewer","is_follower":false},"coins":3000,"reason":"demo"}');
INSERT INTO "event_log" VALUES('main',5,1796158917903,'fc90200d5a5deefc',NULL,'{"type":"gift_sent","gift":{"sent_id":1,"author":{"user_id":"guest-c5ed543d73fa15bb","name":"游客E077","role":"viewer","is_follower":false},"gift_id":"rose","count":7,"coins":7,"combo_id":1,"combo":7,"sent_at_ms":1796158917903},"key":"key-0001"}');
INSERT INTO "event_log" VALUES('main',6,1796158917911,'fc90200d5a5deefc',NULL,'{"type":"gift_sent","gift":{"sent_id":2,"author":{"user_id":"guest-c5ed543d73fa15bb","name":"游客E077","role":"viewer","is_follower":false},"gift_id":"bear","count":2,"coins":104,"combo_id":2,"combo":2,"sent_at_ms":1796158917911},"key":"key-0002"}');
INSERT INTO "event_log" VALUES('main',7,1796158917935,'fc90200d5a5deefc',NULL,'{"type":"left","user_id":"guest-c5ed543d73fa15bb"}');
INSERT INTO "event_log" VALUES('main',8,1796158918673,'fc90200d5a5deefc',NULL,'{"type":"account_named","user_id":"guest-c5ed543d73fa15bb","name":"小王"}');
INSERT INTO "event_log" VALUES('main',9,1796158918699,'fc90200d5a5deefc',NULL,'{"type":"entered","user_id":"guest-138ec09fe6ee5a2f","source":""}');
INSERT INTO "event_log" VALUES('main',10,1796158918707,'fc90200d5a5deefc',NULL,'{"type":"coins_granted","author":{"user_id":"guest-138ec09fe6ee5a2f","name":"游客9DDC","role":"viewer","is_follower":false},"coins":3000,"reason":"demo"}');
INSERT INTO "event_log" VALUES('main',11,1796158918728,'fc90200d5a5deefc',NULL,'{"type":"gift_sent","gift":{"sent_id":3,"author":{"user_id":"guest-138ec09fe6ee5a2f","name":"游客9DDC","role":"viewer","is_follower":false},"gift_id":"rose","count":7,"coins":7,"combo_id":3,"combo":7,"sent_at_ms":1796158918728},"key":"key-0001"}');
INSERT INTO "event_log" VALUES('main',12,1796158918739,'fc90200d5a5deefc',NULL,'{"type":"gift_sent","gift":{"sent_id":4,"author":{"user_id":"guest-138ec09fe6ee5a2f","name":"游客9DDC","role":"viewer","is_follower":false},"gift_id":"bear","count":2,"coins":104,"combo_id":4,"combo":2,"sent_at_ms":1796158918739},"key":"key-0002"}');
INSERT INTO "event_log" VALUES('main',13,1796158918742,'fc90200d5a5deefc',NULL,'{"type":"left","user_id":"guest-138ec09fe6ee5a2f"}');
INSERT INTO "event_log" VALUES('main',14,1796158919525,'fc90200d5a5deefc',NULL,'{"type":"account_named","user_id":"guest-138ec09fe6ee5a2f","name":"Lily"}');
INSERT INTO "event_log" VALUES('second',2,1796158919589,'481806f216d8f7d1',NULL,'{"type":"session_began","session_id":"481806f216d8f7d1","reason":"host"}');
INSERT INTO "event_log" VALUES('second',3,1796158919631,'481806f216d8f7d1',NULL,'{"type":"entered","user_id":"guest-da39d3c0642a858a","source":""}');
INSERT INTO "event_log" VALUES('second',4,1796158919658,'481806f216d8f7d1',NULL,'{"type":"coins_granted","author":{"user_id":"guest-da39d3c0642a858a","name":"游客9A0D","role":"viewer","is_follower":false},"coins":3000,"reason":"demo"}');
INSERT INTO "event_log" VALUES('second',5,1796158919661,'481806f216d8f7d1',NULL,'{"type":"gift_sent","gift":{"sent_id":1,"author":{"user_id":"guest-da39d3c0642a858a","name":"游客9A0D","role":"viewer","is_follower":false},"gift_id":"rose","count":7,"coins":7,"combo_id":1,"combo":7,"sent_at_ms":1796158919661},"key":"key-0001"}');
INSERT INTO "event_log" VALUES('second',6,1796158919663,'481806f216d8f7d1',NULL,'{"type":"gift_sent","gift":{"sent_id":2,"author":{"user_id":"guest-da39d3c0642a858a","name":"游客9A0D","role":"viewer","is_follower":false},"gift_id":"bear","count":2,"coins":104,"combo_id":2,"combo":2,"sent_at_ms":1796158919663},"key":"key-0002"}');
INSERT INTO "event_log" VALUES('second',7,1796158919665,'481806f216d8f7d1',NULL,'{"type":"left","user_id":"guest-da39d3c0642a858a"}');
INSERT INTO "event_log" VALUES('second',8,1796158920340,'481806f216d8f7d1',NULL,'{"type":"account_named","user_id":"guest-da39d3c0642a858a","name":"小王"}');
INSERT INTO "event_log" VALUES('second',9,1796158920370,'481806f216d8f7d1',NULL,'{"type":"entered","user_id":"guest-04cf6a56a86e4ebc","source":""}');
INSERT INTO "event_log" VALUES('second',10,1796158920389,'481806f216d8f7d1',NULL,'{"type":"coins_granted","author":{"user_id":"guest-04cf6a56a86e4ebc","name":"游客EEA8","role":"viewer","is_follower":false},"coins":3000,"reason":"demo"}');
INSERT INTO "event_log" VALUES('second',11,1796158920392,'481806f216d8f7d1',NULL,'{"type":"gift_sent","gift":{"sent_id":3,"author":{"user_id":"guest-04cf6a56a86e4ebc","name":"游客EEA8","role":"viewer","is_follower":false},"gift_id":"rose","count":7,"coins":7,"combo_id":3,"combo":7,"sent_at_ms":1796158920392},"key":"key-0001"}');
INSERT INTO "event_log" VALUES('second',12,1796158920400,'481806f216d8f7d1',NULL,'{"type":"gift_sent","gift":{"sent_id":4,"author":{"user_id":"guest-04cf6a56a86e4ebc","name":"游客EEA8","role":"viewer","is_follower":false},"gift_id":"bear","count":2,"coins":104,"combo_id":4,"combo":2,"sent_at_ms":1796158920400},"key":"key-0002"}');
INSERT INTO "event_log" VALUES('second',13,1796158920406,'481806f216d8f7d1',NULL,'{"type":"left","user_id":"guest-04cf6a56a86e4ebc"}');
INSERT INTO "event_log" VALUES('second',14,1796158920934,'481806f216d8f7d1',NULL,'{"type":"account_named","user_id":"guest-04cf6a56a86e4ebc","name":"LiIy"}');
INSERT INTO "event_log" VALUES('second',15,1796158920977,'481806f216d8f7d1',NULL,'{"type":"entered","user_id":"guest-b16db8c81986dfc7","source":""}');
INSERT INTO "event_log" VALUES('second',16,1796158920989,'481806f216d8f7d1',NULL,'{"type":"coins_granted","author":{"user_id":"guest-b16db8c81986dfc7","name":"游客D015","role":"viewer","is_follower":false},"coins":3000,"reason":"demo"}');
INSERT INTO "event_log" VALUES('second',17,1796158921003,'481806f216d8f7d1',NULL,'{"type":"gift_sent","gift":{"sent_id":5,"author":{"user_id":"guest-b16db8c81986dfc7","name":"游客D015","role":"viewer","is_follower":false},"gift_id":"rose","count":7,"coins":7,"combo_id":5,"combo":7,"sent_at_ms":1796158921003},"key":"key-0001"}');
INSERT INTO "event_log" VALUES('second',18,1796158921019,'481806f216d8f7d1',NULL,'{"type":"gift_sent","gift":{"sent_id":6,"author":{"user_id":"guest-b16db8c81986dfc7","name":"游客D015","role":"viewer","is_follower":false},"gift_id":"bear","count":2,"coins":104,"combo_id":6,"combo":2,"sent_at_ms":1796158921019},"key":"key-0002"}');
INSERT INTO "event_log" VALUES('second',19,1796158921027,'481806f216d8f7d1',NULL,'{"type":"left","user_id":"guest-b16db8c81986dfc7"}');
INSERT INTO "event_log" VALUES('second',20,1796158921673,'481806f216d8f7d1',NULL,'{"type":"account_named","user_id":"guest-b16db8c81986dfc7","name":"小李"}');
CREATE TABLE former_products (
	room_id VARCHAR(64) NOT NULL, 
	product_id VARCHAR(64) NOT NULL, 
	spu_id VARCHAR(160) NOT NULL, 
	up_to_number BIGINT NOT NULL, 
	CONSTRAINT pk_former_products PRIMARY KEY (room_id, product_id), 
	CONSTRAINT fk_former_products_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
CREATE TABLE idempotency_keys (
	actor VARCHAR(160) NOT NULL, 
	route VARCHAR(64) NOT NULL, 
	"key" VARCHAR(128) NOT NULL, 
	body_hash VARCHAR(64) NOT NULL, 
	status INTEGER NOT NULL, 
	answer TEXT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_idempotency_keys PRIMARY KEY (actor, route, "key")
);
CREATE TABLE journal (
	room_id VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	ref VARCHAR(200) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (room_id, number), 
	CONSTRAINT fk_journal_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT uq_journal_room_id_kind_ref UNIQUE (room_id, kind, ref)
);
INSERT INTO "journal" VALUES('main',4,'grant_demo','fc90200d5a5deefc:guest-c5ed543d73fa15bb',1796158917881);
INSERT INTO "journal" VALUES('main',5,'gift','fc90200d5a5deefc:guest-c5ed543d73fa15bb:key-0001',1796158917903);
INSERT INTO "journal" VALUES('main',6,'gift','fc90200d5a5deefc:guest-c5ed543d73fa15bb:key-0002',1796158917911);
INSERT INTO "journal" VALUES('main',10,'grant_demo','fc90200d5a5deefc:guest-138ec09fe6ee5a2f',1796158918707);
INSERT INTO "journal" VALUES('main',11,'gift','fc90200d5a5deefc:guest-138ec09fe6ee5a2f:key-0001',1796158918728);
INSERT INTO "journal" VALUES('main',12,'gift','fc90200d5a5deefc:guest-138ec09fe6ee5a2f:key-0002',1796158918739);
INSERT INTO "journal" VALUES('second',4,'grant_demo','481806f216d8f7d1:guest-da39d3c0642a858a',1796158919658);
INSERT INTO "journal" VALUES('second',5,'gift','481806f216d8f7d1:guest-da39d3c0642a858a:key-0001',1796158919661);
INSERT INTO "journal" VALUES('second',6,'gift','481806f216d8f7d1:guest-da39d3c0642a858a:key-0002',1796158919663);
INSERT INTO "journal" VALUES('second',10,'grant_demo','481806f216d8f7d1:guest-04cf6a56a86e4ebc',1796158920389);
INSERT INTO "journal" VALUES('second',11,'gift','481806f216d8f7d1:guest-04cf6a56a86e4ebc:key-0001',1796158920392);
INSERT INTO "journal" VALUES('second',12,'gift','481806f216d8f7d1:guest-04cf6a56a86e4ebc:key-0002',1796158920400);
INSERT INTO "journal" VALUES('second',16,'grant_demo','481806f216d8f7d1:guest-b16db8c81986dfc7',1796158920989);
INSERT INTO "journal" VALUES('second',17,'gift','481806f216d8f7d1:guest-b16db8c81986dfc7:key-0001',1796158921003);
INSERT INTO "journal" VALUES('second',18,'gift','481806f216d8f7d1:guest-b16db8c81986dfc7:key-0002',1796158921019);
CREATE TABLE listings (
	room_id VARCHAR(64) NOT NULL, 
	spu_id VARCHAR(160) NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_listings PRIMARY KEY (room_id, spu_id), 
	CONSTRAINT fk_listings_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT fk_listings_spu_id FOREIGN KEY(spu_id) REFERENCES spus (spu_id)
);
INSERT INTO "listings" VALUES('main','demo-tea',0);
INSERT INTO "listings" VALUES('main','demo-lipstick',1);
INSERT INTO "listings" VALUES('main','demo-sneakers',2);
INSERT INTO "listings" VALUES('main','demo-thermos',3);
INSERT INTO "listings" VALUES('main','demo-hoodie',4);
INSERT INTO "listings" VALUES('second','second:demo-tea',0);
INSERT INTO "listings" VALUES('second','second:demo-lipstick',1);
INSERT INTO "listings" VALUES('second','second:demo-sneakers',2);
INSERT INTO "listings" VALUES('second','second:demo-thermos',3);
INSERT INTO "listings" VALUES('second','second:demo-hoodie',4);
CREATE TABLE live_sessions (
	session_id VARCHAR(64) NOT NULL, 
	room_id VARCHAR(64) NOT NULL, 
	started_at_ms BIGINT NOT NULL, 
	ended_at_ms BIGINT, 
	end_reason VARCHAR(64), 
	CONSTRAINT pk_live_sessions PRIMARY KEY (session_id), 
	CONSTRAINT fk_live_sessions_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
INSERT INTO "live_sessions" VALUES('fc90200d5a5deefc','main',1796158917825,NULL,NULL);
INSERT INTO "live_sessions" VALUES('481806f216d8f7d1','second',1796158919589,NULL,NULL);
CREATE TABLE "order_changes" (
	order_id VARCHAR(32) NOT NULL, 
	version BIGINT NOT NULL, 
	axis VARCHAR(8) NOT NULL, 
	from_state VARCHAR(16) NOT NULL, 
	to_state VARCHAR(16) NOT NULL, 
	actor VARCHAR(160) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_order_changes PRIMARY KEY (order_id, version), 
	CONSTRAINT fk_order_changes_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id), 
	CONSTRAINT ck_order_changes_axis_known CHECK (axis IN ('order', 'payment', 'parcel', 'case'))
);
CREATE TABLE order_lines (
	order_id VARCHAR(32) NOT NULL, 
	line INTEGER NOT NULL, 
	sku_id VARCHAR(160) NOT NULL, 
	spu_id VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	specs TEXT NOT NULL, 
	image VARCHAR(200) NOT NULL, 
	list_minor BIGINT NOT NULL, 
	reference_minor BIGINT, 
	unit_minor BIGINT NOT NULL, 
	discount_minor BIGINT NOT NULL, 
	net_minor BIGINT NOT NULL, 
	tax_rate_bp INTEGER NOT NULL, 
	campaign_id VARCHAR(64) DEFAULT '' NOT NULL, 
	room_id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	media_ms BIGINT, refunded BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_order_lines_refunded_within CHECK (refunded >= 0 AND refunded <= quantity), dropped BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_order_lines_dropped_within CHECK (dropped >= 0 AND dropped <= refunded), counted BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_order_lines_counted_within CHECK (counted >= 0 AND counted <= quantity), 
	CONSTRAINT pk_order_lines PRIMARY KEY (order_id, line), 
	CONSTRAINT ck_order_lines_quantity_above_zero CHECK (quantity > 0), 
	CONSTRAINT ck_order_lines_money_not_negative CHECK (unit_minor >= 0 AND discount_minor >= 0 AND net_minor >= 0), 
	CONSTRAINT fk_order_lines_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id)
);
CREATE TABLE order_marks (
	order_id VARCHAR(32) NOT NULL, 
	remark VARCHAR(200) NOT NULL, 
	is_flagged BOOLEAN NOT NULL, 
	actor VARCHAR(160) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_order_marks PRIMARY KEY (order_id), 
	CONSTRAINT fk_order_marks_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id)
);
CREATE TABLE orders (
	order_id VARCHAR(32) NOT NULL, 
	number VARCHAR(15) NOT NULL, 
	buyer_id VARCHAR(160) NOT NULL, 
	room_id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	payment_state VARCHAR(16) NOT NULL, 
	method VARCHAR(32) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	goods_minor BIGINT NOT NULL, 
	discount_minor BIGINT NOT NULL, 
	shipping_minor BIGINT NOT NULL, 
	tax_minor BIGINT NOT NULL, 
	total_minor BIGINT NOT NULL, 
	address TEXT NOT NULL, 
	phone_key VARCHAR(64) NOT NULL, 
	note TEXT NOT NULL, 
	quote_hash VARCHAR(64) NOT NULL, 
	version BIGINT NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	expires_at_ms BIGINT, 
	paid_at_ms BIGINT, 
	closed_at_ms BIGINT, completes_at_ms BIGINT, erase_at_ms BIGINT, is_erased BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_orders PRIMARY KEY (order_id), 
	CONSTRAINT ck_orders_payment_state_known CHECK (payment_state IN ('unpaid', 'paid', 'part_refunded', 'refunded')), 
	CONSTRAINT ck_orders_state_known CHECK (state IN ('open', 'completed', 'cancelled')), 
	CONSTRAINT ck_orders_money_not_negative CHECK (goods_minor >= 0 AND discount_minor >= 0 AND total_minor >= 0), 
	CONSTRAINT ck_orders_charges_not_negative CHECK (shipping_minor >= 0 AND tax_minor >= 0), 
	CONSTRAINT uq_orders_number UNIQUE (number)
);
CREATE TABLE parcel_lines (
	parcel_id VARCHAR(32) NOT NULL, 
	line INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_parcel_lines PRIMARY KEY (parcel_id, line), 
	CONSTRAINT ck_parcel_lines_quantity_above_zero CHECK (quantity > 0), 
	CONSTRAINT fk_parcel_lines_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcels (parcel_id)
);
CREATE TABLE parcels (
	parcel_id VARCHAR(32) NOT NULL, 
	order_id VARCHAR(32) NOT NULL, 
	carrier VARCHAR(64) NOT NULL, 
	tracking VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	packed_at_ms BIGINT NOT NULL, 
	shipped_at_ms BIGINT, 
	delivered_at_ms BIGINT, case_id VARCHAR(32), due_at_ms BIGINT, 
	CONSTRAINT pk_parcels PRIMARY KEY (parcel_id), 
	CONSTRAINT ck_parcels_state_known CHECK (state IN ('packed', 'shipped', 'delivered')), 
	CONSTRAINT fk_parcels_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id)
);
CREATE TABLE payment_attempts (
	attempt_id VARCHAR(32) NOT NULL, 
	order_id VARCHAR(32) NOT NULL, 
	provider VARCHAR(32) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	provider_ref VARCHAR(128), 
	created_at_ms BIGINT NOT NULL, 
	expires_at_ms BIGINT NOT NULL, 
	asked_at_ms BIGINT, 
	paid_at_ms BIGINT, device VARCHAR(16) DEFAULT 'desktop' NOT NULL, 
	CONSTRAINT pk_payment_attempts PRIMARY KEY (attempt_id), 
	CONSTRAINT ck_payment_attempts_state_known CHECK (state IN ('created', 'pending', 'paid', 'failed', 'closed')), 
	CONSTRAINT ck_payment_attempts_amount_not_negative CHECK (amount_minor >= 0), 
	CONSTRAINT fk_payment_attempts_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id), 
	CONSTRAINT uq_payment_attempts_provider_provider_ref UNIQUE (provider, provider_ref)
);
CREATE TABLE postings (
	room_id VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	account VARCHAR(80) NOT NULL, 
	coins BIGINT NOT NULL, 
	CONSTRAINT pk_postings PRIMARY KEY (room_id, number, account), 
	CONSTRAINT fk_postings_room_id_number FOREIGN KEY(room_id, number) REFERENCES journal (room_id, number), 
	CONSTRAINT fk_postings_room_id_account FOREIGN KEY(room_id, account) REFERENCES wallet_accounts (room_id, account)
);
INSERT INTO "postings" VALUES('main',4,'grants',-3000);
INSERT INTO "postings" VALUES('main',4,'user:guest-c5ed543d73fa15bb',3000);
INSERT INTO "postings" VALUES('main',5,'user:guest-c5ed543d73fa15bb',-7);
INSERT INTO "postings" VALUES('main',5,'gift_income',7);
INSERT INTO "postings" VALUES('main',6,'user:guest-c5ed543d73fa15bb',-104);
INSERT INTO "postings" VALUES('main',6,'gift_income',104);
INSERT INTO "postings" VALUES('main',10,'grants',-3000);
INSERT INTO "postings" VALUES('main',10,'user:guest-138ec09fe6ee5a2f',3000);
INSERT INTO "postings" VALUES('main',11,'user:guest-138ec09fe6ee5a2f',-7);
INSERT INTO "postings" VALUES('main',11,'gift_income',7);
INSERT INTO "postings" VALUES('main',12,'user:guest-138ec09fe6ee5a2f',-104);
INSERT INTO "postings" VALUES('main',12,'gift_income',104);
INSERT INTO "postings" VALUES('second',4,'grants',-3000);
INSERT INTO "postings" VALUES('second',4,'user:guest-da39d3c0642a858a',3000);
INSERT INTO "postings" VALUES('second',5,'user:guest-da39d3c0642a858a',-7);
INSERT INTO "postings" VALUES('second',5,'gift_income',7);
INSERT INTO "postings" VALUES('second',6,'user:guest-da39d3c0642a858a',-104);
INSERT INTO "postings" VALUES('second',6,'gift_income',104);
INSERT INTO "postings" VALUES('second',10,'grants',-3000);
INSERT INTO "postings" VALUES('second',10,'user:guest-04cf6a56a86e4ebc',3000);
INSERT INTO "postings" VALUES('second',11,'user:guest-04cf6a56a86e4ebc',-7);
INSERT INTO "postings" VALUES('second',11,'gift_income',7);
INSERT INTO "postings" VALUES('second',12,'user:guest-04cf6a56a86e4ebc',-104);
INSERT INTO "postings" VALUES('second',12,'gift_income',104);
INSERT INTO "postings" VALUES('second',16,'grants',-3000);
INSERT INTO "postings" VALUES('second',16,'user:guest-b16db8c81986dfc7',3000);
INSERT INTO "postings" VALUES('second',17,'user:guest-b16db8c81986dfc7',-7);
INSERT INTO "postings" VALUES('second',17,'gift_income',7);
INSERT INTO "postings" VALUES('second',18,'user:guest-b16db8c81986dfc7',-104);
INSERT INTO "postings" VALUES('second',18,'gift_income',104);
CREATE TABLE refunds (
	refund_id VARCHAR(32) NOT NULL, 
	attempt_id VARCHAR(32) NOT NULL, 
	order_id VARCHAR(32) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_refunds PRIMARY KEY (refund_id), 
	CONSTRAINT ck_refunds_state_known CHECK (state IN ('requested', 'done', 'failed')), 
	CONSTRAINT ck_refunds_amount_above_zero CHECK (amount_minor > 0), 
	CONSTRAINT fk_refunds_attempt_id FOREIGN KEY(attempt_id) REFERENCES payment_attempts (attempt_id), 
	CONSTRAINT fk_refunds_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id)
);
CREATE TABLE room_checkpoints (
	room_id VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	folds TEXT NOT NULL, 
	CONSTRAINT pk_room_checkpoints PRIMARY KEY (room_id), 
	CONSTRAINT fk_room_checkpoints_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
CREATE TABLE "room_facts" (
	room_id VARCHAR(64) NOT NULL, 
	phase VARCHAR(16) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	started_at_ms BIGINT, 
	reason VARCHAR(64) NOT NULL, 
	card_product_id VARCHAR(160) NOT NULL, 
	card_shown_at_ms BIGINT NOT NULL, 
	unpublished_since_ms BIGINT, 
	alive_at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_room_facts PRIMARY KEY (room_id), 
	CONSTRAINT fk_room_facts_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
INSERT INTO "room_facts" VALUES('second','live','481806f216d8f7d1',1796158919589,'host','',0,1796158919589,1796158919589);
INSERT INTO "room_facts" VALUES('main','live','fc90200d5a5deefc',1796158917825,'host','',0,1796158917825,1796158917825);
CREATE TABLE room_leases (
	room_id VARCHAR(64) NOT NULL, 
	node_id VARCHAR(64) NOT NULL, 
	term BIGINT NOT NULL, 
	epoch VARCHAR(64) NOT NULL, 
	until_ms BIGINT NOT NULL, 
	CONSTRAINT pk_room_leases PRIMARY KEY (room_id)
);
CREATE TABLE rooms (
	room_id VARCHAR(64) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	created_at_ms BIGINT NOT NULL, host_generation BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_rooms PRIMARY KEY (room_id)
);
INSERT INTO "rooms" VALUES('main','直播间',1796158917182,0);
INSERT INTO "rooms" VALUES('second','直播间',1796158917269,0);
CREATE TABLE sandbox_notices (
	notice_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	provider VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL, 
	due_at_ms BIGINT NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	delivered_at_ms BIGINT
);
CREATE TABLE sandbox_payments (
	attempt_id VARCHAR(32) NOT NULL, 
	ref VARCHAR(64) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	received_minor BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	expires_at_ms BIGINT NOT NULL, 
	pays_at_ms BIGINT, 
	CONSTRAINT pk_sandbox_payments PRIMARY KEY (attempt_id), 
	CONSTRAINT ck_sandbox_payments_state_known CHECK (state IN ('pending', 'paid', 'failed', 'closed')), 
	CONSTRAINT uq_sandbox_payments_ref UNIQUE (ref)
);
CREATE TABLE sandbox_refunds (
	refund_id VARCHAR(32) NOT NULL, 
	attempt_id VARCHAR(32) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_sandbox_refunds PRIMARY KEY (refund_id), 
	CONSTRAINT fk_sandbox_refunds_attempt_id FOREIGN KEY(attempt_id) REFERENCES sandbox_payments (attempt_id)
);
CREATE TABLE shared_secrets (
	name VARCHAR(64) NOT NULL, 
	secret VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_shared_secrets PRIMARY KEY (name)
);
CREATE TABLE shipping_templates (
	template_id VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_shipping_templates PRIMARY KEY (template_id)
);
CREATE TABLE shop_journal (
	journal_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(32) NOT NULL, 
	ref VARCHAR(200) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT uq_shop_journal_kind_ref UNIQUE (kind, ref)
);
CREATE TABLE shop_outbox (
	outbox_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	room_id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	body TEXT NOT NULL, 
	taken_at_ms BIGINT
);
CREATE TABLE shop_postings (
	journal_id INTEGER NOT NULL, 
	account VARCHAR(160) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	CONSTRAINT pk_shop_postings PRIMARY KEY (journal_id, account), 
	CONSTRAINT fk_shop_postings_journal_id FOREIGN KEY(journal_id) REFERENCES shop_journal (journal_id)
);
CREATE TABLE shop_settings (
	name VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_shop_settings PRIMARY KEY (name)
);
INSERT INTO "shop_settings" VALUES('currency','CNY');
CREATE TABLE skus (
	sku_id VARCHAR(160) NOT NULL, 
	spu_id VARCHAR(160) NOT NULL, 
	code VARCHAR(64), 
	specs TEXT DEFAULT '[]' NOT NULL, 
	price_minor BIGINT NOT NULL, 
	reference_minor BIGINT, 
	floor_minor BIGINT DEFAULT '0' NOT NULL, 
	limit_per_buyer BIGINT, 
	weight_g BIGINT DEFAULT '0' NOT NULL, 
	tax_rate_bp INTEGER DEFAULT '0' NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	is_active BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_skus PRIMARY KEY (sku_id), 
	CONSTRAINT ck_skus_floor_not_above_price CHECK (floor_minor >= 0 AND floor_minor <= price_minor), 
	CONSTRAINT ck_skus_limit_above_zero CHECK (limit_per_buyer > 0), 
	CONSTRAINT ck_skus_price_not_negative CHECK (price_minor >= 0), 
	CONSTRAINT ck_skus_reference_not_negative CHECK (reference_minor >= 0), 
	CONSTRAINT ck_skus_tax_rate_not_negative CHECK (tax_rate_bp >= 0), 
	CONSTRAINT ck_skus_weight_not_negative CHECK (weight_g >= 0), 
	CONSTRAINT fk_skus_spu_id FOREIGN KEY(spu_id) REFERENCES spus (spu_id), 
	CONSTRAINT uq_skus_code UNIQUE (code)
);
INSERT INTO "skus" VALUES('demo-tea','demo-tea',NULL,'[]',16800,23800,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('demo-lipstick','demo-lipstick',NULL,'[]',12900,18900,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('demo-sneakers','demo-sneakers',NULL,'[]',29900,45900,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('demo-thermos','demo-thermos',NULL,'[]',8900,12900,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('demo-hoodie','demo-hoodie',NULL,'[]',15900,NULL,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('second:demo-tea','second:demo-tea',NULL,'[]',16800,23800,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('second:demo-lipstick','second:demo-lipstick',NULL,'[]',12900,18900,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('second:demo-sneakers','second:demo-sneakers',NULL,'[]',29900,45900,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('second:demo-thermos','second:demo-thermos',NULL,'[]',8900,12900,0,NULL,0,0,0,1);
INSERT INTO "skus" VALUES('second:demo-hoodie','second:demo-hoodie',NULL,'[]',15900,NULL,0,NULL,0,0,0,1);
CREATE TABLE spus (
	spu_id VARCHAR(160) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	description TEXT DEFAULT '' NOT NULL, 
	category VARCHAR(100) DEFAULT '' NOT NULL, 
	tags TEXT DEFAULT '[]' NOT NULL, 
	images TEXT DEFAULT '[]' NOT NULL, 
	status VARCHAR(16) DEFAULT 'on_shelf' NOT NULL, 
	version BIGINT DEFAULT '1' NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	updated_at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_spus PRIMARY KEY (spu_id), 
	CONSTRAINT ck_spus_status_known CHECK (status IN ('on_shelf', 'off_shelf'))
);
INSERT INTO "spus" VALUES('demo-tea','明前龙井 绿茶礼盒 250g','','','[]','["tea.svg"]','on_shelf',1,1796158917194,1796158917194);
INSERT INTO "spus" VALUES('demo-lipstick','丝绒哑光口红 #09 枫叶红','','','[]','["lipstick.svg"]','on_shelf',1,1796158917194,1796158917194);
INSERT INTO "spus" VALUES('demo-sneakers','轻盈缓震跑步鞋 男女同款','','','[]','["sneakers.svg"]','on_shelf',1,1796158917194,1796158917194);
INSERT INTO "spus" VALUES('demo-thermos','316 不锈钢保温杯 500ml','','','[]','["thermos.svg"]','on_shelf',1,1796158917194,1796158917194);
INSERT INTO "spus" VALUES('demo-hoodie','重磅纯棉连帽卫衣 燕麦色','','','[]','["hoodie.svg"]','on_shelf',1,1796158917194,1796158917194);
INSERT INTO "spus" VALUES('second:demo-tea','明前龙井 绿茶礼盒 250g','','','[]','["tea.svg"]','on_shelf',1,1796158917273,1796158917273);
INSERT INTO "spus" VALUES('second:demo-lipstick','丝绒哑光口红 #09 枫叶红','','','[]','["lipstick.svg"]','on_shelf',1,1796158917273,1796158917273);
INSERT INTO "spus" VALUES('second:demo-sneakers','轻盈缓震跑步鞋 男女同款','','','[]','["sneakers.svg"]','on_shelf',1,1796158917273,1796158917273);
INSERT INTO "spus" VALUES('second:demo-thermos','316 不锈钢保温杯 500ml','','','[]','["thermos.svg"]','on_shelf',1,1796158917273,1796158917273);
INSERT INTO "spus" VALUES('second:demo-hoodie','重磅纯棉连帽卫衣 燕麦色','','','[]','["hoodie.svg"]','on_shelf',1,1796158917273,1796158917273);
CREATE TABLE stock (
	sku_id VARCHAR(160) NOT NULL, 
	on_hand BIGINT NOT NULL, 
	reserved BIGINT DEFAULT '0' NOT NULL, 
	sold BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_stock PRIMARY KEY (sku_id), 
	CONSTRAINT ck_stock_on_hand_not_below_reserved CHECK (on_hand >= reserved), 
	CONSTRAINT ck_stock_reserved_not_negative CHECK (reserved >= 0), 
	CONSTRAINT ck_stock_sold_not_negative CHECK (sold >= 0), 
	CONSTRAINT fk_stock_sku_id FOREIGN KEY(sku_id) REFERENCES skus (sku_id)
);
INSERT INTO "stock" VALUES('demo-tea',120,0,0);
INSERT INTO "stock" VALUES('demo-lipstick',200,0,0);
INSERT INTO "stock" VALUES('demo-sneakers',86,0,0);
INSERT INTO "stock" VALUES('demo-thermos',300,0,0);
INSERT INTO "stock" VALUES('demo-hoodie',64,0,0);
INSERT INTO "stock" VALUES('second:demo-tea',120,0,0);
INSERT INTO "stock" VALUES('second:demo-lipstick',200,0,0);
INSERT INTO "stock" VALUES('second:demo-sneakers',86,0,0);
INSERT INTO "stock" VALUES('second:demo-thermos',300,0,0);
INSERT INTO "stock" VALUES('second:demo-hoodie',64,0,0);
CREATE TABLE stock_movements (
	movement_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	sku_id VARCHAR(160) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	on_hand BIGINT NOT NULL, 
	reserved BIGINT NOT NULL, 
	sold BIGINT NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	order_id VARCHAR(32), 
	actor VARCHAR(160) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	CONSTRAINT fk_stock_movements_sku_id FOREIGN KEY(sku_id) REFERENCES skus (sku_id)
);
INSERT INTO "stock_movements" VALUES(1,'demo-tea','opening',120,0,0,'opening',NULL,'seed',1796158917194);
INSERT INTO "stock_movements" VALUES(2,'demo-lipstick','opening',200,0,0,'opening',NULL,'seed',1796158917194);
INSERT INTO "stock_movements" VALUES(3,'demo-sneakers','opening',86,0,0,'opening',NULL,'seed',1796158917194);
INSERT INTO "stock_movements" VALUES(4,'demo-thermos','opening',300,0,0,'opening',NULL,'seed',1796158917194);
INSERT INTO "stock_movements" VALUES(5,'demo-hoodie','opening',64,0,0,'opening',NULL,'seed',1796158917194);
INSERT INTO "stock_movements" VALUES(6,'second:demo-tea','opening',120,0,0,'opening',NULL,'seed',1796158917273);
INSERT INTO "stock_movements" VALUES(7,'second:demo-lipstick','opening',200,0,0,'opening',NULL,'seed',1796158917273);
INSERT INTO "stock_movements" VALUES(8,'second:demo-sneakers','opening',86,0,0,'opening',NULL,'seed',1796158917273);
INSERT INTO "stock_movements" VALUES(9,'second:demo-thermos','opening',300,0,0,'opening',NULL,'seed',1796158917273);
INSERT INTO "stock_movements" VALUES(10,'second:demo-hoodie','opening',64,0,0,'opening',NULL,'seed',1796158917273);
CREATE TABLE stream_keys (
	room_id VARCHAR(64) NOT NULL, 
	key_id VARCHAR(16) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	last_used_at_ms BIGINT, 
	CONSTRAINT pk_stream_keys PRIMARY KEY (room_id, key_id), 
	CONSTRAINT fk_stream_keys_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT uq_stream_keys_room_id_name UNIQUE (room_id, name)
);
CREATE TABLE suspense (
	suspense_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	provider VARCHAR(32) NOT NULL, 
	ref VARCHAR(128) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	at_ms BIGINT NOT NULL
, attempt_id VARCHAR(128) DEFAULT '' NOT NULL, outcome VARCHAR(16) CONSTRAINT ck_suspense_outcome_known CHECK (outcome IN ('returned', 'kept')), note VARCHAR(200) DEFAULT '' NOT NULL, settled_by VARCHAR(160), settled_at_ms BIGINT);
CREATE TABLE taken_messages (
	room_id VARCHAR(64) NOT NULL, 
	outbox_id BIGINT NOT NULL, 
	number BIGINT NOT NULL, 
	CONSTRAINT pk_taken_messages PRIMARY KEY (room_id, outbox_id)
);
CREATE TABLE told_events (
	room_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	payload TEXT NOT NULL, 
	CONSTRAINT pk_told_events PRIMARY KEY (room_id, seq)
);
CREATE TABLE unpaid_holds (
	buyer_key VARCHAR(160) NOT NULL, 
	order_id VARCHAR(32) NOT NULL, 
	units BIGINT NOT NULL, 
	CONSTRAINT pk_unpaid_holds PRIMARY KEY (buyer_key, order_id), 
	CONSTRAINT ck_unpaid_holds_units_above_zero CHECK (units > 0), 
	CONSTRAINT fk_unpaid_holds_order_id FOREIGN KEY(order_id) REFERENCES orders (order_id)
);
CREATE TABLE wallet_accounts (
	room_id VARCHAR(64) NOT NULL, 
	account VARCHAR(80) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	coins BIGINT NOT NULL, 
	CONSTRAINT pk_wallet_accounts PRIMARY KEY (room_id, account), 
	CONSTRAINT fk_wallet_accounts_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT ck_wallet_accounts_coins_not_negative CHECK (kind = 'house' OR coins >= 0)
);
INSERT INTO "wallet_accounts" VALUES('main','grants','house',-6000);
INSERT INTO "wallet_accounts" VALUES('main','user:guest-c5ed543d73fa15bb','user',2889);
INSERT INTO "wallet_accounts" VALUES('main','gift_income','house',222);
INSERT INTO "wallet_accounts" VALUES('main','user:guest-138ec09fe6ee5a2f','user',2889);
INSERT INTO "wallet_accounts" VALUES('second','grants','house',-9000);
INSERT INTO "wallet_accounts" VALUES('second','user:guest-da39d3c0642a858a','user',2889);
INSERT INTO "wallet_accounts" VALUES('second','gift_income','house',333);
INSERT INTO "wallet_accounts" VALUES('second','user:guest-04cf6a56a86e4ebc','user',2889);
INSERT INTO "wallet_accounts" VALUES('second','user:guest-b16db8c81986dfc7','user',2889);
CREATE TABLE webhook_events (
	provider VARCHAR(32) NOT NULL, 
	event_id VARCHAR(128) NOT NULL, 
	received_at_ms BIGINT NOT NULL, 
	body_hash VARCHAR(64) NOT NULL, 
	result VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_webhook_events PRIMARY KEY (provider, event_id)
);
CREATE TABLE webhook_messages (
	target_id VARCHAR(32) NOT NULL, 
	message_id VARCHAR(32) NOT NULL, 
	event VARCHAR(32) NOT NULL, 
	order_id VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	due_at_ms BIGINT, 
	gives_up_at_ms BIGINT NOT NULL, 
	last_status INTEGER, 
	last_error VARCHAR(200) DEFAULT '' NOT NULL, 
	last_sent_at_ms BIGINT, 
	CONSTRAINT pk_webhook_messages PRIMARY KEY (target_id, message_id), 
	CONSTRAINT ck_webhook_messages_ck_webhook_messages_state_known CHECK (state IN ('waiting', 'delivered', 'given_up')), 
	CONSTRAINT fk_webhook_messages_target_id FOREIGN KEY(target_id) REFERENCES webhook_targets (target_id)
);
CREATE TABLE webhook_targets (
	target_id VARCHAR(32) NOT NULL, 
	room_id VARCHAR(64) NOT NULL, 
	url VARCHAR(500) NOT NULL, 
	events TEXT NOT NULL, 
	created_at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_webhook_targets PRIMARY KEY (target_id), 
	CONSTRAINT fk_webhook_targets_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT uq_webhook_targets_room_id_url UNIQUE (room_id, url)
);
CREATE INDEX ix_live_sessions_room_id ON live_sessions (room_id);
CREATE UNIQUE INDEX ix_accounts_room_id_look_key ON accounts (room_id, look_key);
CREATE INDEX ix_skus_spu_id ON skus (spu_id);
CREATE INDEX ix_stock_movements_order_id ON stock_movements (order_id);
CREATE INDEX ix_stock_movements_sku_id ON stock_movements (sku_id);
CREATE INDEX ix_addresses_buyer_id ON addresses (buyer_id);
CREATE INDEX ix_orders_buyer_id_order_id ON orders (buyer_id, order_id);
CREATE INDEX ix_orders_expires_at_ms ON orders (expires_at_ms) WHERE expires_at_ms IS NOT NULL;
CREATE INDEX ix_orders_room_id_order_id ON orders (room_id, order_id);
CREATE INDEX ix_parcels_order_id ON parcels (order_id);
CREATE INDEX ix_shop_outbox_room_id ON shop_outbox (room_id) WHERE taken_at_ms IS NULL;
CREATE INDEX ix_payment_attempts_order_id ON payment_attempts (order_id);
CREATE INDEX ix_refunds_attempt_id ON refunds (attempt_id);
CREATE INDEX ix_refunds_order_id ON refunds (order_id);
CREATE INDEX ix_shop_postings_account ON shop_postings (account);
CREATE INDEX ix_sandbox_refunds_attempt_id ON sandbox_refunds (attempt_id);
CREATE INDEX ix_sandbox_notices_due_at_ms ON sandbox_notices (due_at_ms) WHERE delivered_at_ms IS NULL;
CREATE INDEX ix_cases_order_id ON cases (order_id);
CREATE INDEX ix_cases_buyer_id_case_id ON cases (buyer_id, case_id);
CREATE INDEX ix_cases_room_id_case_id ON cases (room_id, case_id);
CREATE INDEX ix_cases_due_at_ms ON cases (due_at_ms) WHERE due_at_ms IS NOT NULL;
CREATE INDEX ix_orders_completes_at_ms ON orders (completes_at_ms) WHERE completes_at_ms IS NOT NULL;
CREATE INDEX ix_parcels_due_at_ms ON parcels (due_at_ms) WHERE due_at_ms IS NOT NULL;
CREATE INDEX ix_bundles_component_sku_id ON bundles (component_sku_id);
CREATE INDEX ix_listings_spu_id ON listings (spu_id);
CREATE INDEX ix_refunds_state_at_ms ON refunds (state, at_ms);
CREATE INDEX ix_idempotency_keys_at_ms ON idempotency_keys (at_ms) WHERE route != 'orders';
CREATE INDEX ix_sandbox_payments_pays_at_ms ON sandbox_payments (pays_at_ms) WHERE pays_at_ms IS NOT NULL;
CREATE INDEX ix_unpaid_holds_order_id ON unpaid_holds (order_id);
CREATE INDEX ix_orders_erase_at_ms ON orders (erase_at_ms) WHERE erase_at_ms IS NOT NULL;
CREATE INDEX ix_webhook_messages_due_at_ms ON webhook_messages (due_at_ms) WHERE due_at_ms IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('stock_movements',10);
COMMIT;
