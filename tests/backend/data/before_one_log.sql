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
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('host_generations');
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
INSERT INTO "event_log" VALUES('main',1,1700000000030,'',NULL,'{"type":"backend_started"}');
INSERT INTO "event_log" VALUES('main',2,1700000000040,'',NULL,'{"type":"entered","user_id":"anna","source":"qr"}');
INSERT INTO "event_log" VALUES('main',3,1700000000050,'',NULL,'{"type":"followed","user_id":"anna"}');
INSERT INTO "event_log" VALUES('main',4,1700000000060,'',NULL,'{"type":"said","danmu":{"danmu_id":1,"author":{"user_id":"anna","name":"游客5557","role":"viewer","is_follower":true},"text":"留下","sent_at_ms":1700000000060,"reply_to":null,"coins":0}}');
INSERT INTO "event_log" VALUES('main',5,1700000000070,'',NULL,'{"type":"did_moderate","action":{"action_id":1,"at_ms":1700000000070,"by":{"user_id":"host","name":"主播","role":"host","is_follower":false},"command":{"type":"pin_danmu","danmu_id":1,"seconds":3600,"reason":""},"reason":"","about":"游客5557: 留下","undo":{"type":"unpin_danmu","reason":""}}}');
INSERT INTO "event_log" VALUES('main',6,1700000000120,'91e360b5da1ebc24',NULL,'{"type":"session_began","session_id":"91e360b5da1ebc24"}');
INSERT INTO "event_log" VALUES('main',7,1700000000130,'91e360b5da1ebc24',0,'{"type":"stream_began"}');
INSERT INTO "event_log" VALUES('main',8,1700000000160,'91e360b5da1ebc24',30,'{"type":"did_moderate","action":{"action_id":2,"at_ms":1700000000160,"by":{"user_id":"host","name":"主播","role":"host","is_follower":false},"command":{"type":"pin_danmu","danmu_id":1,"seconds":3600,"reason":""},"reason":"","about":"游客5557: 留下","undo":{"type":"unpin_danmu","reason":""}}}');
INSERT INTO "event_log" VALUES('main',9,1700000000170,'91e360b5da1ebc24',40,'{"type":"coins_granted","author":{"user_id":"anna","name":"游客5557","role":"viewer","is_follower":true},"coins":3000,"reason":"demo"}');
INSERT INTO "event_log" VALUES('main',10,1700000000180,'91e360b5da1ebc24',50,'{"type":"gift_sent","gift":{"sent_id":1,"author":{"user_id":"anna","name":"游客5557","role":"viewer","is_follower":true},"gift_id":"rose","count":2,"coins":2,"combo_id":1,"combo":2,"sent_at_ms":1700000000180},"key":"key-0001"}');
INSERT INTO "event_log" VALUES('main',11,1700000000220,'91e360b5da1ebc24',90,'{"type":"card_put_up","product_id":"demo-tea"}');
INSERT INTO "event_log" VALUES('main',12,1700000000260,'91e360b5da1ebc24',130,'{"type":"live_paused"}');
INSERT INTO "event_log" VALUES('main',13,1700000000270,'91e360b5da1ebc24',140,'{"type":"liked","user_id":"anna","count":3}');
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
INSERT INTO "journal" VALUES('main',9,'grant_demo','91e360b5da1ebc24:anna',1700000000170);
INSERT INTO "journal" VALUES('main',10,'gift','91e360b5da1ebc24:anna:key-0001',1700000000180);
CREATE TABLE live_sessions (
	session_id VARCHAR(64) NOT NULL, 
	room_id VARCHAR(64) NOT NULL, 
	started_at_ms BIGINT NOT NULL, 
	ended_at_ms BIGINT, 
	end_reason VARCHAR(64), 
	CONSTRAINT pk_live_sessions PRIMARY KEY (session_id), 
	CONSTRAINT fk_live_sessions_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
INSERT INTO "live_sessions" VALUES('91e360b5da1ebc24','main',1700000000100,NULL,NULL);
CREATE TABLE postings (
	room_id VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	account VARCHAR(80) NOT NULL, 
	coins BIGINT NOT NULL, 
	CONSTRAINT pk_postings PRIMARY KEY (room_id, number, account), 
	CONSTRAINT fk_postings_room_id_number FOREIGN KEY(room_id, number) REFERENCES journal (room_id, number), 
	CONSTRAINT fk_postings_room_id_account FOREIGN KEY(room_id, account) REFERENCES wallet_accounts (room_id, account)
);
INSERT INTO "postings" VALUES('main',9,'grants',-3000);
INSERT INTO "postings" VALUES('main',9,'user:anna',3000);
INSERT INTO "postings" VALUES('main',10,'user:anna',-2);
INSERT INTO "postings" VALUES('main',10,'gift_income',2);
CREATE TABLE products (
	room_id VARCHAR(64) NOT NULL, 
	product_id VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	price_fen BIGINT NOT NULL, 
	market_price_fen BIGINT, 
	stock BIGINT NOT NULL, 
	image VARCHAR(200) NOT NULL, version BIGINT DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (room_id, product_id), 
	CONSTRAINT fk_products_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id), 
	CONSTRAINT ck_products_ck_products_price_not_negative CHECK (price_fen >= 0), 
	CONSTRAINT ck_products_ck_products_stock_not_negative CHECK (stock >= 0)
);
INSERT INTO "products" VALUES('main','demo-tea',0,'明前龙井 绿茶礼盒 250g',16800,23800,120,'tea.svg',1);
INSERT INTO "products" VALUES('main','demo-lipstick',1,'丝绒哑光口红 #09 枫叶红',12900,18900,200,'lipstick.svg',1);
INSERT INTO "products" VALUES('main','demo-sneakers',2,'轻盈缓震跑步鞋 男女同款',29900,45900,86,'sneakers.svg',1);
INSERT INTO "products" VALUES('main','demo-thermos',3,'316 不锈钢保温杯 500ml',8900,12900,300,'thermos.svg',1);
INSERT INTO "products" VALUES('main','demo-hoodie',4,'重磅纯棉连帽卫衣 燕麦色',15900,NULL,64,'hoodie.svg',1);
CREATE TABLE room_checkpoints (
	room_id VARCHAR(64) NOT NULL, 
	number BIGINT NOT NULL, 
	folds TEXT NOT NULL, 
	CONSTRAINT pk_room_checkpoints PRIMARY KEY (room_id), 
	CONSTRAINT fk_room_checkpoints_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
INSERT INTO "room_checkpoints" VALUES('main',9,'{"number":9,"session_id":"91e360b5da1ebc24","stream_began_at_ms":1700000000130,"danmu":{"last_id":1,"total":0,"kept":{"1":{"danmu_id":1,"author":{"user_id":"anna","name":"游客5557","role":"viewer","is_follower":true},"text":"留下","sent_at_ms":1700000000060,"reply_to":null,"coins":0}},"hidden":{}},"likes":{"total":0},"gifts":{"session_id":"91e360b5da1ebc24","last_sent_id":0,"coins":{"anna":3000},"keys":{},"claimed":{"anna":3000},"given":{},"top":[],"total_coins":0,"total_gifts":0,"combos":{}},"people":{"names":{},"followers":{"anna":1700000000050},"checked_in":{}},"requests":{"askers":{}},"polls":{"last_id":0,"poll":null,"votes":{}},"questions":{"last_id":0,"open":{}},"sanctions":{"mutes":{},"blocks":{}},"rules":{"rules":{"slow_mode_s":0,"followers_only":false,"links_off":false,"is_chat_paused":false,"version":1,"votes_for_accounts":false,"likes_for_accounts":false,"follows_for_accounts":false},"rules_change":null,"words":[],"words_version":1,"words_change":null},"chosen":{"pinned":{"danmu":{"danmu_id":1,"author":{"user_id":"anna","name":"游客5557","role":"viewer","is_follower":true},"text":"留下","sent_at_ms":1700000000060,"reply_to":null,"coins":0},"until_ms":1700003600160}},"moderation":{"last_action_id":2,"actions":[{"action_id":1,"at_ms":1700000000070,"by":{"user_id":"host","name":"主播","role":"host","is_follower":false},"command":{"type":"pin_danmu","danmu_id":1,"seconds":3600,"reason":""},"reason":"","about":"游客5557: 留下","undo":{"type":"unpin_danmu","reason":""}},{"action_id":2,"at_ms":1700000000160,"by":{"user_id":"host","name":"主播","role":"host","is_follower":false},"command":{"type":"pin_danmu","danmu_id":1,"seconds":3600,"reason":""},"reason":"","about":"游客5557: 留下","undo":{"type":"unpin_danmu","reason":""}}]},"counters":{"present":{"anna":1700000000040},"gone":{},"peak":1,"total":{"entries":0,"danmu":0,"likes":0,"follows":0,"gifts":0,"coins":0},"minutes":{"28333333":{"viewers":1,"tally":{"entries":0,"danmu":0,"likes":0,"follows":0,"gifts":0,"coins":0}}},"seconds":{"1700000000":{"entries":0,"danmu":0,"likes":0,"follows":0,"gifts":0,"coins":0}},"sources":{}},"assistants":{"last_grant_id":0,"grants":{}},"products":{"edited":{}},"stream_keys":{"names":[]}}');
CREATE TABLE room_facts (
	room_id VARCHAR(64) NOT NULL, 
	phase VARCHAR(16) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	started_at_ms BIGINT, 
	reason VARCHAR(64) NOT NULL, 
	card_product_id VARCHAR(64) NOT NULL, 
	card_shown_at_ms BIGINT NOT NULL, 
	unpublished_since_ms BIGINT, 
	alive_at_ms BIGINT NOT NULL, 
	CONSTRAINT pk_room_facts PRIMARY KEY (room_id), 
	CONSTRAINT fk_room_facts_room_id FOREIGN KEY(room_id) REFERENCES rooms (room_id)
);
INSERT INTO "room_facts" VALUES('main','paused','91e360b5da1ebc24',1700000000100,'host','demo-tea',1700000000190,NULL,1700000000260);
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
INSERT INTO "rooms" VALUES('main','直播间',1700000000010,0);
CREATE TABLE shared_secrets (
	name VARCHAR(64) NOT NULL, 
	secret VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_shared_secrets PRIMARY KEY (name)
);
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
CREATE TABLE told_events (
	room_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	payload TEXT NOT NULL, 
	CONSTRAINT pk_told_events PRIMARY KEY (room_id, seq)
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
INSERT INTO "wallet_accounts" VALUES('main','grants','house',-3000);
INSERT INTO "wallet_accounts" VALUES('main','user:anna','user',2998);
INSERT INTO "wallet_accounts" VALUES('main','gift_income','house',2);
CREATE INDEX ix_live_sessions_room_id ON live_sessions (room_id);
CREATE UNIQUE INDEX ix_accounts_room_id_look_key ON accounts (room_id, look_key);
COMMIT;
